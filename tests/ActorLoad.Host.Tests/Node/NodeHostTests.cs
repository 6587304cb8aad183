using ActorLoad.Actors.Coordination;
using ActorLoad.Actors.Hosting;
using ActorLoad.Host.Node;
using ActorLoad.Host.Running;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Wire;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Cluster;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;

namespace ActorLoad.Host.Tests.Node;

/// <summary>A whole node within the tests' own process.</summary>
public sealed class NodeHostTests : IDisposable
{
    private const string Control = "actorload-control";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorload-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Who_coordinates_has_threads_of_its_own()
    {
        await using var host = await NodeHost.StartAsync(Node(), CancellationToken.None);
        var coordinator = await FindAsync(host.System, NodeActors.CoordinatorPath);
        var worker = await FindAsync(host.System, "/user/worker");
        Assert.Equal((Control, Control), (DispatcherOf(coordinator), DispatcherOf(worker)));

        // Children of a run come and go: their places have it as well, and those of users and recorder do not.
        var deployer = ((ExtendedActorSystem)host.System).Provider.Deployer;
        string? At(params string[] path) => deployer.Lookup(path) is { } deploy && deploy.Dispatcher != Akka.Actor.Deploy.NoDispatcherGiven ? deploy.Dispatcher : null;
        Assert.All(
            (string[][])[["coordinator"], ["coordinator", "coordinator", "run-x"], ["coordinator", "coordinator", "run-x", "stats"], ["worker", "stats"]],
            path => Assert.Equal(Control, At(path)));
        Assert.All(
            (string[][])[["coordinator", "coordinator", "run-x", "recorder"], ["worker", "users"], ["worker", "users", "user-1"], ["other"]],
            path => Assert.Null(At(path)));

        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        Assert.Equal(new NodeEnd(0, null), await host.WaitAsync(stop.Token).WaitAsync(Patience));
    }

    [Fact]
    public async Task A_single_process_gives_its_coordinator_threads_of_its_own_too()
    {
        await using var engine = await EngineHost.StartAsync(Path.Combine(_folder.FullName, "run.log"));
        Assert.Equal(Control, DispatcherOf(await FindAsync(engine.System, "/user/coordinator")));
        Assert.Equal(Control, DispatcherOf(await FindAsync(engine.System, "/user/worker")));
        Assert.Equal(Control, ((ExtendedActorSystem)engine.System).Provider.Deployer.Lookup(["coordinator", "run-x", "stats"])?.Dispatcher);
    }

    [Fact]
    public async Task A_node_that_the_coordinator_refuses_ends_with_its_sentence()
    {
        var options = Node() with { Roles = [NodeRoles.Coordinator] };
        var system = ActorSystem.Create(NodeHost.SystemName, ConfigurationFactory.ParseString("""
            akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
            akka.cluster.roles = [ coordinator ]
            akka.loglevel = OFF
            akka.stdout-loglevel = OFF
            """).WithFallback(NodeHocon.Of(options)).WithFallback(ActorLoadDefaults.Hocon).WithFallback(ClusterSingleton.DefaultConfig()));
        try
        {
            var cluster = Cluster.Get(system);
            cluster.Join(cluster.SelfAddress);
            system.ActorOf(
                ClusterSingletonManager.Props(
                    Props.Create(() => new RefusingCoordinator()), ClusterSingletonManagerSettings.Create(system).WithRole(NodeRoles.Coordinator).WithSingletonName("coordinator")),
                "coordinator");
            await using var host = await NodeHost.StartAsync(
                Node() with { Roles = [NodeRoles.Worker], Seeds = [$"127.0.0.1:{cluster.SelfAddress.Port}"] }, CancellationToken.None);
            Assert.Equal(new NodeEnd(1, RefusingCoordinator.Refusal), await host.WaitAsync(CancellationToken.None).WaitAsync(Patience));
        }
        finally
        {
            await system.Terminate();
        }
    }

    private NodeOptions Node() => new() { Port = 0, HttpPort = 0, Results = Path.Combine(_folder.FullName, "results") };

    private static async Task<IActorRef> FindAsync(ActorSystem system, string path)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                return await system.ActorSelection(path).ResolveOne(TimeSpan.FromSeconds(1), limit.Token);
            }
            catch (ActorNotFoundException) when (!limit.IsCancellationRequested)
            {
                // A singleton needs a cluster first.
            }
        }
    }

    private static string DispatcherOf(IActorRef actor) => ((ActorCell)((ActorRefWithCell)actor).Underlying).Dispatcher.Id;

    private sealed class RefusingCoordinator : UntypedActor
    {
        public const string Refusal = "this worker speaks protocol version 1, the coordinator 2";

        protected override void OnReceive(object message)
        {
            if (message is WorkerProtocol.Hello)
            {
                Sender.Tell(new WorkerProtocol.HelloAnswer("c", "127.0.0.1:1", WireMessages.ProtocolVersion + 1, "x", Refusal));
            }
        }
    }
}
