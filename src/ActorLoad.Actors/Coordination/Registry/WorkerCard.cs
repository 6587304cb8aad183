using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Stats;
using Akka.Actor;

namespace ActorLoad.Actors.Coordination.Registry;

/// <summary>A registered worker, as the coordinator tells a run of it.</summary>
/// <param name="Number">Grows in the order in which workers registered.</param>
/// <param name="Running">What it had when it registered: null when it was free.</param>
internal sealed record WorkerCard(WorkerId Worker, string Node, IActorRef Actor, WorkerCapacity Capacity, int Number, RunningState? Running)
{
    public bool IsLocal => Post.IsLocal(Actor);

    /// <summary>Null until measured, and when it is in this process.</summary>
    public ClockEstimate? Clock { get; init; }

    /// <summary>It wants to leave the cluster: nothing new is given to it.</summary>
    public bool IsLeaving { get; init; }

    /// <summary>"worker a on node-a".</summary>
    public string Name => NameOf(Worker, Node);

    public static string NameOf(WorkerId worker, string node) => $"worker {worker} on {node}";
}
