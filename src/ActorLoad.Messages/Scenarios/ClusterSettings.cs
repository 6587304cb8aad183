namespace ActorLoad.Messages.Scenarios;

/// <summary>How a scenario wants to be run on several workers.</summary>
public sealed record ClusterSettings
{
    /// <summary>The run waits until as many workers are there.</summary>
    public int MinWorkers { get; init; } = 1;

    /// <summary>How long it waits for them, and for their capacity, before it fails.</summary>
    public TimeSpan WorkerTimeout { get; init; } = TimeSpan.FromSeconds(60);

    public WorkerLossAction OnWorkerLost { get; init; } = WorkerLossAction.Redistribute;

    /// <summary>How long workers go on without a coordinator before they drain.</summary>
    public TimeSpan OrphanTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
