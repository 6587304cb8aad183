namespace ActorLoad.Messages.Scenarios;

/// <summary>Whose clock delivery latency is measured on.</summary>
public sealed record ClockSettings
{
    /// <summary>Correct the worker's clock by its measured offset to the target's. <b>Default:</b> the worker's own clock.</summary>
    public bool UseTarget { get; init; }

    /// <summary>Asked for the time with GET, resolved against the base URL; empty = the base URL itself.</summary>
    public string Path { get; init; } = "";

    /// <summary>A JSON pointer to the time in the answer; empty = the answer's <c>Date</c> header, which counts whole seconds.</summary>
    public string Field { get; init; } = "";

    public SentAtFormat Format { get; init; } = SentAtFormat.UnixMs;

    public int Probes { get; init; } = 8;
}
