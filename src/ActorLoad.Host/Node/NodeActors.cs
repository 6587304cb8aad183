using System.Globalization;
using ActorLoad.Actors.Coordination;
using ActorLoad.Actors.Hosting;
using ActorLoad.Host.Running;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Hosting;
using Akka.Hosting;

namespace ActorLoad.Host.Node;

/// <summary>The actors of a node by its roles: the coordinator as a cluster singleton, a worker, and a way to the coordinator on every node.</summary>
internal static class NodeActors
{
    /// <summary>The singleton's manager is /user/coordinator, the coordinator itself its child of the same name, on the node that has it.</summary>
    public const string CoordinatorPath = "/user/coordinator/coordinator";

    private const string Coordinator = "coordinator";

    /// <summary>Registers under <see cref="CoordinatorActor"/> what leads to the coordinator, and under <see cref="WorkerActor"/> this node's worker, if it has one.</summary>
    /// <param name="life">Is told when a coordinator refuses to work with this node's worker.</param>
    public static AkkaConfigurationBuilder WithNodeActors(this AkkaConfigurationBuilder builder, NodeOptions node, NodeLife life)
    {
        var singleton = new ClusterSingletonOptions
        {
            Role = NodeRoles.Coordinator,

            // Whoever wants an answer asks again. A question that waits in a buffer would be asked when nobody wants the answer any
            // more, and a run would start whose submitter was told that there is no coordinator.
            BufferSize = 0,

            // Its warning is false: akkadotnet/akka.net#8568.
            LogSingletonIdentificationFailure = false,
        };
        builder = node.HasRole(NodeRoles.Coordinator)
            ? builder.WithSingleton<CoordinatorActor>(Coordinator, (system, _, _) => CoordinatorActor.Props(CoordinatorOf(system, node)), singleton)
            : builder.WithSingletonProxy<CoordinatorActor>(Coordinator, singleton);
        return node.HasRole(NodeRoles.Worker)
            ? builder.WithActorLoadWorker((system, registry) => WorkerOf(system, registry.Get<CoordinatorActor>(), node, life))
            : builder;
    }

    /// <summary>What others call the node, with the port that was really taken.</summary>
    public static string NameOf(ActorSystem system)
    {
        var address = Cluster.Get(system).SelfAddress;
        return string.Create(CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}");
    }

    private static CoordinatorOptions CoordinatorOf(ActorSystem system, NodeOptions node) =>
        new(NameOf(system), ProgramVersion.Text, TimeProvider.System)
        {
            Recorder = order => RunRecorderActor.Props(order, node.Results),
        };

    private static WorkerOptions WorkerOf(ActorSystem system, IActorRef coordinator, NodeOptions node, NodeLife life)
    {
        var name = NameOf(system);
        var id = new WorkerId($"{name}#{life.Mark}");
        var limits = MachineLimits.Read();
        return new WorkerOptions(
            id, name, ProgramVersion.Text, coordinator, scenario => ActorLoadHostingExtensions.Connect(scenario, node.SourceAddresses), TimeProvider.System)
        {
            Capacity = new WorkerCapacity(limits.OpenFiles, limits.LocalPorts, Environment.ProcessorCount) { SourceAddresses = node.SourceAddresses },
            SpoolFolder = node.Spool,
            Refused = life.End,
        };
    }
}
