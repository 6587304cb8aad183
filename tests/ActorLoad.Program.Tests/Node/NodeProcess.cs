using System.Text.Json.Nodes;
using ActorLoad.Program.Tests.Node.Network;
using ActorLoad.Program.Tests.Running;

namespace ActorLoad.Program.Tests.Node;

/// <summary>A cluster node in a process of its own, on free ports of the loopback.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private const string NodeLine = "node ";
    private const string HttpLine = "listening on ";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _client;
    private readonly IReadOnlyList<string> _prefix;

    private NodeProcess(ActorLoadProcess process, string address, string http, HttpClient client, IReadOnlyList<string> prefix) =>
        (Process, Address, Http, _client, _prefix) = (process, address, http, client, prefix);

    public ActorLoadProcess Process { get; }

    /// <summary>As the cluster calls it: <c>akka.tcp://actorload@127.0.0.1:PORT</c>.</summary>
    public string Address { get; }

    /// <summary>host:port of remoting, for --seed.</summary>
    public string Seed => Address[(Address.IndexOf('@', StringComparison.Ordinal) + 1)..];

    public string Http { get; }

    public static Task<NodeProcess> StartAsync(params string[] options) =>
        StartAsync(["node", "--port", "0", "--http", "127.0.0.1:0", .. options], [], new HttpClient());

    /// <summary>On a host of a private network, where other hosts reach it; its HTTP endpoint is on that host's own loopback.</summary>
    public static Task<NodeProcess> StartOnAsync(PrivateHost host, params string[] options) => StartAsync(
        ["node", "--hostname", host.Address, "--port", "8110", "--insecure", "--http", "127.0.0.1:8120", .. options],
        host.Namespace.Prefix,
        host.Namespace.Client());

    /// <summary>Runs any verb that asks a node, against this one and on its host.</summary>
    public async Task<ProcessResult> AskAsync(params string[] arguments)
    {
        await using var process = ActorLoadProcess.StartWith(new ActorLoadProcessOptions([.. arguments, "--node", Http]) { Prefix = _prefix });
        return await process.ExitAsync();
    }

    /// <summary>Runs a cluster verb against this node.</summary>
    public Task<ProcessResult> ClusterAsync(params string[] arguments) => AskAsync(["cluster", .. arguments]);

    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await _client.GetStringAsync(new Uri(Http + path)))!;

    /// <summary>Asks the node again and again until the answer is as wished; a cluster without coordinator has none for a while.</summary>
    public async Task<JsonNode> UntilAsync(string path, Func<JsonNode, bool> condition, string what)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            using var answer = await _client.GetAsync(new Uri(Http + path), CancellationToken.None);
            var said = await answer.Content.ReadAsStringAsync(CancellationToken.None);
            if (answer.IsSuccessStatusCode && JsonNode.Parse(said) is { } node && condition(node))
            {
                return node;
            }

            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"not within {Patience}: {what}; {Http}{path} says {said}");
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>Asks the node again and again until its members are as wished.</summary>
    public async Task<IReadOnlyList<string>> UntilMembersAsync(Func<IReadOnlyList<string>, bool> condition, string what, string? token = null)
    {
        if (token is not null)
        {
            _client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        }

        return Members(await UntilAsync("api/cluster/show", answer => condition(Members(answer)), what));
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return Process.DisposeAsync();
    }

    private static async Task<NodeProcess> StartAsync(string[] arguments, IReadOnlyList<string> prefix, HttpClient client)
    {
        var process = ActorLoadProcess.StartWith(new ActorLoadProcessOptions(arguments) { Prefix = prefix });
        var node = await process.LineAsync(l => l.StartsWith(NodeLine, StringComparison.Ordinal));
        var http = await process.LineAsync(l => l.StartsWith(HttpLine, StringComparison.Ordinal));
        return new NodeProcess(process, node.Split(' ')[1], http[HttpLine.Length..], client, prefix);
    }

    private static IReadOnlyList<string> Members(JsonNode answer) =>
        [.. answer["members"]!.AsArray().Select(m => $"{m!["address"]} {m["status"]}{((bool)m["reachable"]! ? "" : " unreachable")}")];
}
