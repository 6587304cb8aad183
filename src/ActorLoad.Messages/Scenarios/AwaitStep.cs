namespace ActorLoad.Messages.Scenarios;

/// <summary>
/// Passes when the stream has delivered as many matching events. Awaits on a stream look at every event since the last
/// subscribe, reconnect, drop or listen step on it (or the start of the task) and consume events in order, so that nothing
/// which arrives between two steps is missed.
/// </summary>
public sealed record AwaitStep : Step
{
    public required string Stream { get; init; }

    public int Events { get; init; } = 1;

    /// <summary>Only events of this name count; null = any.</summary>
    public string? Event { get; init; }

    /// <summary>Only events whose data contains this text count; null = any.</summary>
    public Template? DataContains { get; init; }

    /// <summary>Only events whose data is JSON with this value count; null = any.</summary>
    public DataMatch? DataJson { get; init; }

    /// <summary>Passes when the stream's done marker has come, whatever else did; the conditions above are not looked at.</summary>
    public bool Done { get; init; }

    /// <summary>Fails when the stream missed events while the step was waited for.</summary>
    public bool Complete { get; init; }

    public TimeSpan Within { get; init; } = TimeSpan.FromSeconds(30);
}
