using Microsoft.AspNetCore.Http.Metadata;

namespace ActorLoad.Host.Admin;

/// <summary>How large a request's body may be, in bytes, where it is not <see cref="Default"/>.</summary>
internal sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata
{
    /// <summary>Enough for addresses, and for how to stop.</summary>
    public const long Default = 4 * 1024;

    /// <summary>A scenario with its feeds.</summary>
    public static readonly BodyLimit Submission = new(64 * 1024 * 1024);
}
