using ActorLoad.Messages.Identifiers;

namespace ActorLoad.Messages.Cluster;

/// <summary>One registered worker, as <c>actorload nodes</c> shows it. Levels are those of its last window, zero while it runs nothing.</summary>
/// <param name="Run">The run that it takes part in.</param>
/// <param name="Shares">How many of the run's shares it has.</param>
/// <param name="ClockOffsetMs">The coordinator's clock minus the worker's, true within plus and minus <paramref name="ClockErrorMs"/>; null until measured.</param>
public sealed record NodeRow(
    string Node,
    WorkerId Worker,
    WorkerCapacity Capacity,
    RunId? Run,
    int Shares,
    long UsersActive,
    long StreamsOpen,
    double CpuShare,
    double LagMs,
    double? ClockOffsetMs,
    double? ClockErrorMs);
