using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ActorLoad.Actors.Coordination;
using ActorLoad.Actors.Hosting;
using ActorLoad.Actors.Operations;
using ActorLoad.Host.Node;
using ActorLoad.Host.Running;
using ActorLoad.Host.Tests.Deploy;
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
            (string[][])[["coordinator"], ["coordinator", "coordinator", "run-x"], ["coordinator", "coordinator", "run-x", "stats"]],
            path => Assert.Equal(Control, At(path)));

        // What goes to disk holds up nobody else.
        Assert.Equal("actorload-spool", At("worker", "stats"));
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

    [Fact]
    public async Task A_node_whose_worker_has_crashed_leaves_and_fails()
    {
        await using var host = await NodeHost.StartAsync(Node(), CancellationToken.None);
        var worker = await FindAsync(host.System, "/user/worker");
        worker.Tell(Kill.Instance);
        var end = await host.WaitAsync(CancellationToken.None).WaitAsync(Patience);
        Assert.Equal(new NodeEnd(1, "this node's worker has crashed; the log says how"), end);
    }

    [Fact]
    public async Task A_seed_whose_name_has_no_address_is_named_in_the_end()
    {
        await using var host = await NodeHost.StartAsync(
            Node() with { Seeds = ["dns:nothing.invalid:8110"], JoinTimeout = TimeSpan.FromMilliseconds(10) }, CancellationToken.None);
        var end = await host.WaitAsync(CancellationToken.None).WaitAsync(Patience);
        Assert.Equal(1, end.ExitCode);
        Assert.StartsWith("--seed dns:nothing.invalid:8110: the name had no address within 0.01 s: ", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_and_never_shared()
    {
        await using var first = await NodeHost.StartAsync(Node(), CancellationToken.None);
        var remoting = await Assert.ThrowsAsync<NodeStartException>(
            () => NodeHost.StartAsync(Node() with { Port = first.Address.Port!.Value }, CancellationToken.None));
        Assert.StartsWith($"--port {first.Address.Port}: address already in use", remoting.Message, StringComparison.Ordinal);
        var http = await Assert.ThrowsAsync<NodeStartException>(
            () => NodeHost.StartAsync(Node() with { HttpPort = first.HttpUrl.Port }, CancellationToken.None));
        Assert.StartsWith($"--http 127.0.0.1:{first.HttpUrl.Port}: address already in use", http.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("akka.tcp://other@127.0.0.1:1")]
    [InlineData("akka.ssl.tcp://actorload@127.0.0.1:1")]
    [InlineData("akka.tcp://actorload")]
    public async Task An_address_that_the_cluster_would_ignore_is_refused(string address)
    {
        await using var host = await NodeHost.StartAsync(Node() with { WaitsToJoin = true }, CancellationToken.None);
        var cluster = new ClusterOperations(host.System);
        var expected = $"{address} cannot be joined: expected akka.tcp://actorload@HOST:PORT";
        Assert.Equal(expected, Assert.Throws<OperationRefusedException>(() => cluster.Join(address)).Message);
        Assert.Equal(expected, Assert.Throws<OperationRefusedException>(() => cluster.JoinSeed(["akka.tcp://actorload@127.0.0.1:1", address])).Message);
    }

    [Fact]
    public async Task Every_refusal_of_a_request_has_its_sentence()
    {
        await using var host = await NodeHost.StartAsync(Node(), CancellationToken.None);
        using var http = new HttpClient { BaseAddress = host.HttpUrl };
        Assert.Equal("there is nothing at /api/nothing", await ProblemAsync(await http.GetAsync("api/nothing"), HttpStatusCode.NotFound));
        Assert.Equal("GET is no method of /api/cluster/join", await ProblemAsync(await http.GetAsync("api/cluster/join"), HttpStatusCode.MethodNotAllowed));
        foreach (var broken in (string[])["", "{", "[]", """{"addresses":1}"""])
        {
            var problem = await ProblemAsync(await PostAsync("join", broken), HttpStatusCode.BadRequest);
            Assert.StartsWith("the body cannot be read: expected a JSON object such as {\"addresses\":[", problem, StringComparison.Ordinal);
        }

        Assert.Equal("expected one address", await ProblemAsync(await PostAsync("down", """{"addresses":[null]}"""), HttpStatusCode.Conflict));
        Assert.Equal("expected a body of content type application/json", await ProblemAsync(
            await http.PostAsync("api/cluster/join", new StringContent("{}", Encoding.UTF8, "text/plain")), HttpStatusCode.UnsupportedMediaType));
        Assert.Equal("the body is too large: no more than 4 KiB are expected here", await ProblemAsync(
            await PostAsync("join", new string(' ', 5000)), HttpStatusCode.RequestEntityTooLarge));

        Task<HttpResponseMessage> PostAsync(string verb, string body) =>
            http.PostAsync("api/cluster/" + verb, new StringContent(body, Encoding.UTF8, "application/json"));
    }

    [Fact]
    public async Task Every_request_that_the_page_lists_is_one()
    {
        await using var host = await NodeHost.StartAsync(Node(), CancellationToken.None);
        using var http = new HttpClient { BaseAddress = host.HttpUrl };
        var rows = Regex.Matches(Repository.Text("docs/http-api.md"), @"^\| `(GET|POST) (/\S+)`", RegexOptions.Multiline);
        Assert.Equal(12, rows.Count);
        foreach (Match row in rows)
        {
            // A body that nobody can read: no change is made.
            var (method, path) = (row.Groups[1].Value, row.Groups[2].Value);
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Content = method == "POST" ? new StringContent("{", Encoding.UTF8, "application/json") : null;
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.True(response.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed), $"{method} {path} answers {response.StatusCode}");
        }
    }

    [Fact]
    public async Task Only_the_options_say_where_it_listens()
    {
        const string Variable = "Kestrel__Endpoints__Other__Url";
        Environment.SetEnvironmentVariable(Variable, "http://127.0.0.1:0");
        try
        {
            await using var host = await NodeHost.StartAsync(Node(), CancellationToken.None);
            Assert.True(host.HttpUrl.IsLoopback, "one address, and the right one");
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }

    private static async Task<string> ProblemAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(expected == response.StatusCode, $"{response.StatusCode}: {text}");
        return (string)JsonNode.Parse(text)!["problem"]!;
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
