using System.Globalization;
using System.Text.Json.Nodes;
using ActorLoad.Program.Tests.Run;

namespace ActorLoad.Program.Tests.Node.Runs;

/// <summary>A target, coordinators and workers in processes of their own, and one run on them.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly Dictionary<NodeProcess, string> _names = [];
    private int _started;

    private TestCluster(TargetProcess target) => Target = target;

    public TargetProcess Target { get; }

    /// <summary>The first one is the oldest: it is in charge as long as it lives.</summary>
    public List<NodeProcess> Coordinators { get; } = [];

    public List<NodeProcess> Workers { get; } = [];

    public string RunId { get; private set; } = "";

    /// <summary>Whom to ask; another one when this one is about to end.</summary>
    public NodeProcess Via { get; set; } = null!;

    public static async Task<TestCluster> StartAsync(int coordinators, int workers)
    {
        var cluster = new TestCluster(await TargetProcess.StartAsync(0, "--heartbeat", "0"));
        try
        {
            cluster.Coordinators.Add(cluster.Via = await cluster.StartNodeAsync("coordinator"));
            cluster.Coordinators.AddRange(await Task.WhenAll(Enumerable.Range(1, coordinators - 1).Select(_ => cluster.StartNodeAsync("coordinator"))));
            cluster.Workers.AddRange(await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => cluster.StartNodeAsync("worker"))));
            await cluster.UntilAsync("api/nodes", n => n["nodes"]!.AsArray().Count == workers, $"{workers} workers");
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async Task<NodeProcess> AddWorkerAsync()
    {
        Workers.Add(await StartNodeAsync("worker"));
        return Workers[^1];
    }

    /// <summary>Everybody holds one stream, five events a second come on each, until the run is stopped.</summary>
    public async Task SubmitAsync(int users)
    {
        var scenario = _folder.Write("run.conf", string.Create(CultureInfo.InvariantCulture, $$"""
            scenario {
              name = cluster
              base-url = "{{Target.BaseUrl.AbsoluteUri.TrimEnd('/')}}"
              load { stages = [ { duration = 1s, users = {{users}} }, { duration = 10m, users = {{users}} } ] }
              cluster { min-workers = {{Workers.Count}} }
              measure { sequence = id }
              users.reader.tasks.read.steps = [
                { subscribe { stream = main, path = "/api/events/stream?interval_ms=200&spread=1" } }
                { listen { stream = main, for = 1h } }
              ]
            }
            """));
        var submitted = await Via.AskAsync("submit", scenario, "--format", "json");
        Assert.True(submitted.ExitCode == 0, submitted.ErrorText);
        RunId = (string)JsonNode.Parse(submitted.OutputText)!["run"]!;
        await UntilUsersAsync(users);
        await Target.UntilAsync(s => (long)s["streams"]!["open"]! == users, $"{users} streams");
    }

    /// <summary>Waits until so many users are active, as the coordinator in charge says.</summary>
    public Task<JsonNode> UntilUsersAsync(int users) =>
        UntilAsync($"api/runs/{RunId}", r => (string)r["phase"]! == "running" && (long?)r["gauges"]!["users_active"] == users, $"{users} users active");

    /// <summary>Ends the run and waits for its report.</summary>
    public async Task<JsonNode> StopAsync()
    {
        var stopped = await Via.AskAsync("stop", RunId);
        Assert.True(stopped.ExitCode == 0, stopped.ErrorText);
        await UntilAsync($"api/runs/{RunId}", r => (string)r["phase"]! == "ended", "the run's end");
        return await Via.GetAsync($"api/runs/{RunId}/summary");
    }

    public Task<JsonNode> UntilAsync(string path, Func<JsonNode, bool> condition, string what) => Via.UntilAsync(path, condition, what);

    /// <summary>Where a node writes what it writes.</summary>
    public string ResultsOf(NodeProcess node) => Path.Combine(_folder.Path, _names[node]);

    /// <summary>The lines of the run's timeline, wherever it was written last.</summary>
    public IReadOnlyList<JsonNode> Timeline(NodeProcess coordinator) =>
        [.. File.ReadAllLines(Path.Combine(ResultsOf(coordinator), RunId, "timeline.jsonl")).Select(l => JsonNode.Parse(l)!)];

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Workers.Concat(Coordinators))
        {
            await node.DisposeAsync();
        }

        await Target.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<NodeProcess> StartNodeAsync(string role)
    {
        var name = $"{role}-{Interlocked.Increment(ref _started)}";
        string[] seeds = Coordinators.Count == 0 ? [] : ["--seed", Via.Seed];
        var node = await NodeProcess.StartAsync(
            ["--roles", role, "--results", Path.Combine(_folder.Path, name), .. seeds]);
        lock (_names)
        {
            _names.Add(node, name);
        }

        return node;
    }
}
