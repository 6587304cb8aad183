using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Scenarios;
using Akka.Actor;

namespace ActorLoad.Actors.Coordination;

/// <summary>What a worker needs from its process.</summary>
/// <param name="Node">Its machine, as reports show it.</param>
/// <param name="Version">Of the program; only shown.</param>
/// <param name="Coordinator">Leads to the coordinator wherever it is: the singleton's proxy, or the coordinator of this process.</param>
public sealed record WorkerOptions(
    WorkerId Id, string Node, string Version, IActorRef Coordinator, Func<Scenario, ISseConnector> Connect, TimeProvider Time)
{
    public WorkerCapacity Capacity { get; init; } = new(null, null, Environment.ProcessorCount);

    /// <summary>Where windows are kept until the run's report is written; null = in memory until they are acknowledged, which is enough in one process.</summary>
    public string? SpoolFolder { get; init; }

    /// <summary>Called with the reason when the coordinator refuses to work with this worker.</summary>
    public Action<string>? Refused { get; init; }
}
