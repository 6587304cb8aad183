using ActorLoad.Program.Tests.Node.Network;
using ActorLoad.Program.Tests.Running;

namespace ActorLoad.Program.Tests.Node;

/// <summary>A cluster node in a process of its own, on free ports of the loopback.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private const string NodeLine = "node ";
    private const string HttpLine = "listening on ";

    private readonly HttpClient _client;

    private NodeProcess(ActorLoadProcess process, string address, string http, HttpClient client) =>
        (Process, Address, Http, _client) = (process, address, http, client);

    public ActorLoadProcess Process { get; }

    /// <summary>As the cluster calls it: <c>akka.tcp://actorload@127.0.0.1:PORT</c>.</summary>
    public string Address { get; }

    /// <summary>host:port of remoting, for --seed.</summary>
    public string Seed => Address[(Address.IndexOf('@', StringComparison.Ordinal) + 1)..];

    public string Http { get; }

    public static Task<NodeProcess> StartAsync(params string[] options) =>
        StartAsync(ActorLoadProcess.Start(["node", "--port", "0", "--http", "127.0.0.1:0", .. options]), new HttpClient());

    /// <summary>On a host of a private network, where other hosts reach it; its HTTP endpoint is on that host's own loopback.</summary>
    public static Task<NodeProcess> StartOnAsync(PrivateHost host, params string[] options) => StartAsync(
        ActorLoadProcess.StartWith(new ActorLoadProcessOptions(
            ["node", "--hostname", host.Address, "--port", "8110", "--insecure", "--http", "127.0.0.1:8120", .. options])
        {
            Prefix = host.Namespace.Prefix,
        }),
        host.Namespace.Client());

    private static async Task<NodeProcess> StartAsync(ActorLoadProcess process, HttpClient client)
    {
        var node = await process.LineAsync(l => l.StartsWith(NodeLine, StringComparison.Ordinal));
        var http = await process.LineAsync(l => l.StartsWith(HttpLine, StringComparison.Ordinal));
        return new NodeProcess(process, node.Split(' ')[1], http[HttpLine.Length..], client);
    }

    /// <summary>Runs any verb that asks a node, against this one.</summary>
    public Task<ProcessResult> AskAsync(params string[] arguments) => ActorLoadProcess.RunAsync([.. arguments, "--node", Http]);

    /// <summary>Runs a cluster verb against this node.</summary>
    public Task<ProcessResult> ClusterAsync(params string[] arguments) =>
        ActorLoadProcess.RunAsync(["cluster", .. arguments, "--node", Http]);

    /// <summary>Asks the node again and again until its members are as wished.</summary>
    public async Task<IReadOnlyList<string>> UntilMembersAsync(Func<IReadOnlyList<string>, bool> condition, string what, string? token = null)
    {
        if (token is not null)
        {
            _client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var answer = System.Text.Json.Nodes.JsonNode.Parse(await _client.GetStringAsync(new Uri(Http + "api/cluster/show"), CancellationToken.None))!;
            IReadOnlyList<string> members =
                [.. answer["members"]!.AsArray().Select(m => $"{m!["address"]} {m["status"]}{((bool)m["reachable"]! ? "" : " unreachable")}")];
            if (condition(members))
            {
                return members;
            }

            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"not within a minute: {what}; {Http} says {string.Join("; ", members)}");
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return Process.DisposeAsync();
    }
}
