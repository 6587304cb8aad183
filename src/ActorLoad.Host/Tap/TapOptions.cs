using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Tap;

/// <summary>What <c>tap</c> is asked to do.</summary>
internal sealed record TapOptions
{
    public required Uri Url { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public string LastEventId { get; init; } = "";

    /// <summary>Ends after as many events; 0 = never.</summary>
    public long MaxEvents { get; init; }

    /// <summary>Ends after this time; null = never.</summary>
    public TimeSpan? For { get; init; }

    public bool Reconnect { get; init; }

    public TimeSpan StallAfter { get; init; }

    public HttpSettings Http { get; init; } = new();

    public LimitSettings Limits { get; init; } = new();

    public bool Json { get; init; }
}
