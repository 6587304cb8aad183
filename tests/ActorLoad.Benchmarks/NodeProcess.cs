using System.Text.Json.Nodes;

namespace ActorLoad.Benchmarks;

/// <summary>A cluster node as a process of its own, and its HTTP endpoint.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private readonly HttpClient _client = new();
    private readonly string _http;

    private NodeProcess(ActorLoadProcess process, string address, string http) => (Process, Address, _http) = (process, address, http);

    public ActorLoadProcess Process { get; }

    /// <summary>As the cluster calls it.</summary>
    public string Address { get; }

    public string Http => _http;

    /// <summary>host:port of remoting, for --seed.</summary>
    public string Seed => Address[(Address.IndexOf('@', StringComparison.Ordinal) + 1)..];

    /// <param name="results">Where it writes what it writes.</param>
    public static async Task<NodeProcess> StartAsync(string results, params string[] options)
    {
        var process = ActorLoadProcess.Start(["node", "--port", "0", "--http", "127.0.0.1:0", "--results", results, .. options.Length == 0 ? ["--roles", "coordinator"] : options]);
        var address = await process.Output.ReadLineAsync() ?? throw new InvalidOperationException("the node said nothing");
        var http = await process.Output.ReadLineAsync() ?? throw new InvalidOperationException("the node said nothing of HTTP");
        return new NodeProcess(process, address.Split(' ')[1], http["listening on ".Length..]);
    }

    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await _client.GetStringAsync(new Uri(_http + path)))!;

    /// <summary>Asks again and again until the answer is as wished.</summary>
    public async Task<JsonNode> UntilAsync(string path, Func<JsonNode, bool> condition, TimeSpan atMost)
    {
        var deadline = DateTime.UtcNow + atMost;
        for (var last = ""; ; await Task.Delay(100))
        {
            using var answer = await _client.GetAsync(new Uri(_http + path));
            last = await answer.Content.ReadAsStringAsync();
            if (answer.IsSuccessStatusCode && JsonNode.Parse(last) is { } node && condition(node))
            {
                return node;
            }

            if (DateTime.UtcNow > deadline)
            {
                throw new TimeoutException($"not within {atMost.TotalSeconds} s; {_http}{path} says {last}");
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        Process.Dispose();
        return ValueTask.CompletedTask;
    }
}
