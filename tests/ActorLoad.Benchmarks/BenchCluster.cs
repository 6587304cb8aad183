using System.Text.Json.Nodes;

namespace ActorLoad.Benchmarks;

/// <summary>Targets, coordinators and workers, each a process of its own, as an operator starts them.</summary>
internal sealed class BenchCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ScratchFolder _folder = new();
    private int _started;

    public List<TargetProcess> Targets { get; } = [];

    /// <summary>The first one is in charge as long as it lives.</summary>
    public List<NodeProcess> Coordinators { get; } = [];

    public List<NodeProcess> Workers { get; } = [];

    /// <summary>Whom to ask.</summary>
    public NodeProcess Via { get; set; } = null!;

    public static async Task<BenchCluster> StartAsync(int targets, int coordinators, int workers)
    {
        var cluster = new BenchCluster();
        for (var i = 0; i < targets; i++)
        {
            cluster.Targets.Add(await TargetProcess.StartAsync("--heartbeat", "0"));
        }

        for (var i = 0; i < coordinators; i++)
        {
            cluster.Coordinators.Add(await cluster.StartNodeAsync("coordinator"));
            cluster.Via ??= cluster.Coordinators[0];
        }

        await cluster.AddWorkersAsync(workers);
        return cluster;
    }

    public async Task AddWorkersAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            // Local ports of its own: more than one address has would be needed otherwise.
            Workers.Add(await StartNodeAsync("worker", "--source-address", $"127.0.2.{Workers.Count + 1}"));
        }

        await Via.UntilAsync("api/nodes", n => n["nodes"]!.AsArray().Count == Workers.Count, Patience);
    }

    /// <param name="scenario">The text of its file.</param>
    /// <returns>The run's id.</returns>
    public async Task<string> SubmitAsync(string scenario)
    {
        var file = Path.Combine(_folder.Path, "scenario.conf");
        await File.WriteAllTextAsync(file, scenario);
        using var submit = ActorLoadProcess.Start("submit", file, "--min-workers", $"{Workers.Count}", "--format", "json", "--node", Via.Http);
        var answer = await submit.Output.ReadToEndAsync();
        return (string)JsonNode.Parse(answer)!["run"]!;
    }

    /// <summary>Ends the run and waits for its report.</summary>
    /// <returns>The summary.</returns>
    public async Task<JsonNode> StopAsync(string run)
    {
        using var stop = ActorLoadProcess.Start("stop", run, "--node", Via.Http);
        await stop.WaitAsync(Patience);
        return await EndAsync(run, Patience);
    }

    public async Task<JsonNode> EndAsync(string run, TimeSpan atMost)
    {
        await Via.UntilAsync($"api/runs/{run}", r => (string)r["phase"]! == "ended", atMost);
        return await Via.GetAsync($"api/runs/{run}/summary");
    }

    public async Task<(long Open, long Sent, long Opened)> TotalsAsync()
    {
        var all = await Task.WhenAll(Targets.Select(t => t.CountsAsync()));
        return (all.Sum(s => s.Open), all.Sum(s => s.Sent), all.Sum(s => s.Opened));
    }

    /// <summary>Waits until as many streams are open at the targets, all together.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> UntilOpenAsync(Func<long, bool> wished, TimeSpan atMost)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var (open, _, _) = await TotalsAsync();
            var took = TimeProvider.System.GetElapsedTime(began);
            if (wished(open))
            {
                return took;
            }

            if (took > atMost)
            {
                throw new TimeoutException($"{open:N0} streams are open after {took.TotalSeconds:0} s");
            }

            await Task.Delay(50);
        }
    }

    /// <summary>Lets all targets stop publishing, and what is on its way arrive.</summary>
    public async Task QuietAsync()
    {
        await Task.WhenAll(Targets.Select(t => t.PauseAsync()));
        while ((await Task.WhenAll(Targets.Select(t => t.CountsAsync()))).Any(c => c.Pending > 0))
        {
            await Task.Delay(50);
        }

        await Task.Delay(TimeSpan.FromSeconds(2));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Workers.Concat(Coordinators))
        {
            await node.DisposeAsync();
        }

        Targets.ForEach(t => t.Dispose());
        _folder.Dispose();
    }

    private Task<NodeProcess> StartNodeAsync(string role, params string[] options)
    {
        string[] seeds = [.. Coordinators.SelectMany(c => (string[])["--seed", c.Seed])];
        return NodeProcess.StartAsync(Path.Combine(_folder.Path, $"{role}-{++_started}"), ["--roles", role, .. seeds, .. options]);
    }
}
