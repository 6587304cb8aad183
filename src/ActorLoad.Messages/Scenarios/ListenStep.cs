namespace ActorLoad.Messages.Scenarios;

/// <summary>
/// Keeps the stream open for a while, then demands what it must have delivered since the last subscribe, await, listen or
/// reconnect step on it. Ends early when the stream ended for good.
/// </summary>
public sealed record ListenStep : Step
{
    public required string Stream { get; init; }

    public required TimeSpan For { get; init; }

    public int MinEvents { get; init; }

    public int MinHeartbeats { get; init; }

    /// <summary>Fails when the stream missed events in this time, holes that were closed in it not counted.</summary>
    public bool Complete { get; init; }
}
