using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Transport;

/// <summary>What came of a request whose answer somebody wants to read, and when.</summary>
/// <param name="Failure">Null when a complete response was received, whatever its status.</param>
public sealed record FetchResult(FailureReason? Failure, string Message)
{
    /// <summary>0 when there was no response.</summary>
    public int Status { get; init; }

    /// <summary>As long as the caller would have it at most.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>The <c>Date</c> header as it was sent; empty = none.</summary>
    public string Date { get; init; } = "";

    /// <summary>The <c>Server</c> header; empty = none.</summary>
    public string Server { get; init; } = "";

    /// <summary>When the request set out, in timestamp ticks.</summary>
    public long StartedAt { get; init; }

    /// <summary>When the response's headers were complete, in timestamp ticks.</summary>
    public long HeadersAt { get; init; }
}
