namespace ActorLoad.Messages.Scenarios;

/// <summary>Where an event says which one it is and when it was sent. Empty = not measured.</summary>
public sealed record MeasureSettings
{
    /// <summary>"id", or a JSON pointer into the data.</summary>
    public string Sequence { get; init; } = "";

    /// <summary>A JSON pointer into the data: each value of it has a sequence of its own. Empty = one sequence a stream.</summary>
    public string Key { get; init; } = "";

    /// <summary>A JSON pointer into the data, or "id".</summary>
    public string SentAt { get; init; } = "";

    public SentAtFormat SentAtFormat { get; init; } = SentAtFormat.UnixMs;

    /// <summary>Besides comments and the usual event names, events whose data contains this text are heartbeats.</summary>
    public string Heartbeat { get; init; } = "";
}
