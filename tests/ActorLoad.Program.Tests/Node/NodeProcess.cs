using ActorLoad.Program.Tests.Running;

namespace ActorLoad.Program.Tests.Node;

/// <summary>A cluster node in a process of its own, on free ports of the loopback.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private const string NodeLine = "node ";
    private const string HttpLine = "listening on ";

    private NodeProcess(ActorLoadProcess process, string address, string http) => (Process, Address, Http) = (process, address, http);

    public ActorLoadProcess Process { get; }

    /// <summary>As the cluster calls it: <c>akka.tcp://actorload@127.0.0.1:PORT</c>.</summary>
    public string Address { get; }

    /// <summary>host:port of remoting, for --seed.</summary>
    public string Seed => Address[(Address.IndexOf('@', StringComparison.Ordinal) + 1)..];

    public string Http { get; }

    public static async Task<NodeProcess> StartAsync(params string[] options)
    {
        var process = ActorLoadProcess.Start(["node", "--port", "0", "--http", "127.0.0.1:0", .. options]);
        var node = await process.LineAsync(l => l.StartsWith(NodeLine, StringComparison.Ordinal));
        var http = await process.LineAsync(l => l.StartsWith(HttpLine, StringComparison.Ordinal));
        return new NodeProcess(process, node.Split(' ')[1], http[HttpLine.Length..]);
    }

    /// <summary>Runs a cluster verb against this node.</summary>
    public Task<ProcessResult> ClusterAsync(params string[] arguments) =>
        ActorLoadProcess.RunAsync(["cluster", .. arguments, "--node", Http]);

    /// <summary>Asks the node again and again until its members are as wished.</summary>
    public async Task<IReadOnlyList<string>> UntilMembersAsync(Func<IReadOnlyList<string>, bool> condition, string what, string? token = null)
    {
        using var client = new HttpClient();
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var answer = System.Text.Json.Nodes.JsonNode.Parse(await client.GetStringAsync(new Uri(Http + "api/cluster/show"), CancellationToken.None))!;
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

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
