namespace ActorLoad.Messages.Scenarios;

/// <summary>How a stream comes back after its connection ended.</summary>
public sealed record ReconnectSettings
{
    public bool Enabled { get; init; } = true;

    /// <summary>Delay of the first attempt after a good connection; doubles per further attempt.</summary>
    public TimeSpan MinBackoff { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>0 to 1: a delay is drawn between d*(1-jitter) and d*(1+jitter).</summary>
    public double Jitter { get; init; } = 0.2;

    /// <summary>Response statuses after which the stream tries again; all others that are no success end it.</summary>
    public IReadOnlyList<int> OnStatus { get; init; } = [502, 503, 504];

    /// <summary>Connection attempts in a row without an event after which the stream gives up; 0 = never.</summary>
    public int MaxAttempts { get; init; }
}
