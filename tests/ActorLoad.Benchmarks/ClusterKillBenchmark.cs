using System.Text.Json.Nodes;

namespace ActorLoad.Benchmarks;

/// <summary>
/// <c>kill -9</c> of one of four workers, and in a second run of the coordinator while another one stands by: how long until all users are
/// active again, and whether every number still is what the target has counted.
/// </summary>
internal static class ClusterKillBenchmark
{
    private static readonly TimeSpan Wished = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync(int users)
    {
        await using var cluster = await BenchCluster.StartAsync(targets: 1, coordinators: 2, workers: 4);
        var worker = await WorkerAsync(cluster, users);
        await cluster.Targets[0].ResumeAsync();
        var coordinator = await CoordinatorAsync(cluster, users);
        return worker && coordinator ? 0 : 1;
    }

    private static async Task<bool> WorkerAsync(BenchCluster cluster, int users)
    {
        var run = await BeginAsync(cluster, users);
        var killed = cluster.Workers[^1];
        cluster.Workers.Remove(killed);
        await killed.DisposeAsync();
        var gone = await cluster.UntilOpenAsync(open => open < users, Patience);
        var back = await cluster.UntilOpenAsync(open => open == users, Patience) + gone;
        await cluster.Via.UntilAsync($"api/runs/{run}", r => (long?)r["gauges"]!["users_active"] == users, Patience);
        await cluster.QuietAsync();
        var summary = await cluster.StopAsync(run);
        var truth = await cluster.TotalsAsync();

        // What the killed worker had counted and not yet reported went with it: at most two seconds of a quarter of the users.
        var (opened, events) = (Counter(summary, "connects_opened"), Counter(summary, "events"));
        var unreported = truth.Sent - events;
        Console.WriteLine($"worker killed   {users:N0} streams again after {back.TotalSeconds:0.0} s {(back < Wished ? "(below 15 s)" : "(TOO LATE)")}");
        Console.WriteLine($"marks           {Marks(summary)}");
        Console.WriteLine($"streams         {truth.Opened:N0} opened, {opened:N0} in the summary {(truth.Opened == opened ? "(equal)" : "(NOT EQUAL)")}");
        Console.WriteLine($"events          {truth.Sent:N0} sent, {events:N0} in the summary, {unreported:N0} of them unreported ({unreported / (users / 4.0):0.0} s of the killed worker)");
        return back < Wished && truth.Opened == opened && unreported >= 0 && unreported <= 3 * users / 4;
    }

    private static async Task<bool> CoordinatorAsync(BenchCluster cluster, int users)
    {
        var before = await cluster.TotalsAsync();
        var run = await BeginAsync(cluster, users);
        var killed = cluster.Coordinators[0];
        var address = killed.Seed;
        cluster.Coordinators.Remove(killed);
        cluster.Via = cluster.Coordinators[0];
        var began = TimeProvider.System.GetTimestamp();
        await killed.DisposeAsync();
        await cluster.Via.UntilAsync(
            $"api/runs/{run}", r => (string)r["phase"]! == "running" && (string)r["coordinator"]! != address && (long?)r["gauges"]!["users_active"] == users, Patience);
        var took = TimeProvider.System.GetElapsedTime(began);
        await cluster.QuietAsync();
        var least = (await cluster.TotalsAsync()).Open;
        var summary = await cluster.StopAsync(run);
        var truth = await cluster.TotalsAsync();
        var (opened, events) = (Counter(summary, "connects_opened"), Counter(summary, "events"));
        var isEqual = truth.Opened - before.Opened == opened && truth.Sent - before.Sent == events && opened == users;
        Console.WriteLine($"coordinator killed: the other one reports {users:N0} users after {took.TotalSeconds:0.0} s, {least:N0} streams open then");
        Console.WriteLine($"marks           {Marks(summary)}");
        Console.WriteLine($"streams         {truth.Opened - before.Opened:N0} opened, {opened:N0} in the summary");
        Console.WriteLine($"events          {truth.Sent - before.Sent:N0} sent, {events:N0} in the summary {(isEqual ? "(all equal)" : "(NOT EQUAL)")}");
        return isEqual && least == users;
    }

    private static async Task<string> BeginAsync(BenchCluster cluster, int users)
    {
        var run = await cluster.SubmitAsync($$"""
            scenario {
              name = kill
              base-url = "{{cluster.Targets[0].BaseUrl.AbsoluteUri.TrimEnd('/')}}"
              load.stages = [ { duration = 5s, users = {{users}} }, { duration = 30m, users = {{users}} } ]
              users.reader.tasks.read.steps = [
                { subscribe { stream = main, path = "/api/events/stream?interval_ms=1000&spread=1", within = 1m } }
                { listen { stream = main, for = 1h } }
              ]
            }
            """);
        await cluster.UntilOpenAsync(open => open == users, Patience);

        // So that it has windows to lose.
        await cluster.Via.UntilAsync($"api/runs/{run}", r => (double)r["elapsedSeconds"]! >= 15, Patience);
        return run;
    }

    private static long Counter(JsonNode summary, string name) => (long)summary["counters"]![name]!;

    private static string Marks(JsonNode summary) =>
        string.Join(", ", summary["run"]!["marks"]!.AsArray().Select(m => $"{(double)m!["at"]!:0.0} s {(string)m["kind"]!}"));
}
