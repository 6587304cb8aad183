using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;

namespace ActorLoad.Messages.Stats;

/// <summary>A run when it is over: what a summary is made of, together with the scenario.</summary>
/// <param name="Problem">
/// What broke, with the name of what broke, when <paramref name="Reason"/> is <see cref="StopReason.WorkerFailed"/>; what happened, when it is
/// <see cref="StopReason.Interrupted"/> though nobody asked for it; else null.
/// </param>
/// <param name="Nodes">The workers that took part.</param>
public sealed record RunOutcome(
    RunId Run,
    StopReason Reason,
    string? Problem,
    DateTimeOffset StartedAt,
    TimeSpan Duration,
    StatsTotals Totals,
    IReadOnlyList<string> Nodes)
{
    /// <summary>What ended the run, when <see cref="Reason"/> is <see cref="StopReason.ThresholdAborted"/>; else null.</summary>
    public ThresholdAbort? Abort { get; init; }

    /// <summary>Where a worker was itself the bottleneck; none = its numbers can be trusted.</summary>
    public IReadOnlyList<GeneratorDoubt> Doubts { get; init; } = [];

    /// <summary>What happened to the generator, in the order of time.</summary>
    public IReadOnlyList<RunMark> Marks { get; init; } = [];

    /// <summary>By node: the coordinator's clock minus the worker's, as it was applied; empty when they are one process.</summary>
    public IReadOnlyDictionary<string, ClockEstimate> WorkerClocks { get; init; } = new Dictionary<string, ClockEstimate>();
}
