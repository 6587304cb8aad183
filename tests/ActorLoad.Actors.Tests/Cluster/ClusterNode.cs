using ActorLoad.Actors.Coordination;
using ActorLoad.Actors.Tests.Coordination;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using Akka.Actor;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;

namespace ActorLoad.Actors.Tests.Cluster;

/// <summary>
/// One node in this process: an actor system with remoting on a free port of the loopback interface, the real coordinator as a
/// singleton and the real worker, over a transport without a network. Everything that a node waits for is short.
/// </summary>
internal sealed class ClusterNode
{
    private const string Role = "coordinator";

    public static readonly CoordinatorTimes Times = new()
    {
        Repeat = TimeSpan.FromMilliseconds(300),
        Settle = TimeSpan.FromMilliseconds(200),
        StartDelay = TimeSpan.FromMilliseconds(200),
        JoinLead = TimeSpan.FromSeconds(1),
        Listen = TimeSpan.FromMilliseconds(300),
        Recover = TimeSpan.FromSeconds(5),
        ClockPings = TimeSpan.FromMilliseconds(5),
    };

    private static readonly Config Hocon = ConfigurationFactory.ParseString(
        """
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          loggers = ["Akka.Event.DefaultLogger, Akka"]
          log-dead-letters = off
          actor {
            provider = cluster
            serialization-settings.allow-unregistered-types = false
            serializers.actorload = "ActorLoad.Messages.Wire.ActorLoadSerializer, ActorLoad.Messages"
            serialization-bindings { "ActorLoad.Messages.Protocol.IActorLoadMessage, ActorLoad.Messages" = actorload }
          }
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
          coordinated-shutdown { exit-clr = off, run-by-clr-shutdown-hook = off, run-by-actor-system-terminate = off }
          cluster {
            gossip-interval = 100ms
            leader-actions-interval = 100ms
            periodic-tasks-initial-delay = 50ms
            seed-node-timeout = 1s
            retry-unsuccessful-join-after = 500ms
            unreachable-nodes-reaper-interval = 200ms
            failure-detector { heartbeat-interval = 200ms, acceptable-heartbeat-pause = 10s }
            singleton.hand-over-retry-interval = 100ms
            singleton-proxy.singleton-identification-interval = 100ms
          }
        }
        """);

    private ClusterNode(string name, ActorSystem system) => (Name, System) = (name, system);

    public string Name { get; }

    public ActorSystem System { get; }

    public Akka.Cluster.Cluster Membership => Akka.Cluster.Cluster.Get(System);

    public IActorRef Coordinator { get; private set; } = ActorRefs.Nobody;

    public IActorRef Worker { get; private set; } = ActorRefs.Nobody;

    public MemoryConnector Connector { get; } = new(_ => new MemoryBody("data: 1\n\n", ends: false));

    public Collected Recorded { get; } = new();

    /// <summary>Ids of the users that have opened a stream here, in order of time.</summary>
    public IReadOnlyList<int> Users => [.. Connector.Requests.Select(r => int.Parse(r.Url.Query["?user=".Length..]))];

    /// <param name="wrap">Stands between the worker and the coordinator: given the way there and the worker's name.</param>
    public static ClusterNode Start(string name, bool coordinator, string? spool, Func<ActorSystem, IActorRef, IActorRef>? wrap = null)
    {
        var roles = ConfigurationFactory.ParseString($"akka.cluster.roles = [{(coordinator ? Role : "worker")}]");
        var node = new ClusterNode(name, ActorSystem.Create("actorload", roles.WithFallback(Hocon)));
        var options = new CoordinatorOptions(name, "1", TimeProvider.System)
        {
            Times = Times,
            Recorder = order => FakeRecorder.Props(order, node.Recorded),
        };
        if (coordinator)
        {
            node.System.ActorOf(
                ClusterSingletonManager.Props(
                    CoordinatorActor.Props(options),
                    PoisonPill.Instance,
                    ClusterSingletonManagerSettings.Create(node.System).WithRole(Role).WithSingletonName(Role)),
                Role);
        }

        node.Coordinator = node.System.ActorOf(
            ClusterSingletonProxy.Props(
                $"/user/{Role}",
                new ClusterSingletonProxySettings(
                    Role, Role, TimeSpan.FromMilliseconds(100), bufferSize: 0, considerAppVersion: false, logSingletonIdentificationFailure: false, TimeSpan.Zero)),
            "proxy");
        if (!coordinator)
        {
            var way = wrap?.Invoke(node.System, node.Coordinator) ?? node.Coordinator;
            node.Worker = node.System.ActorOf(
                WorkerActor.Props(new WorkerOptions(new WorkerId(name), name, "1", way, _ => node.Connector, TimeProvider.System) { SpoolFolder = spool }),
                "worker");
        }

        return node;
    }
}
