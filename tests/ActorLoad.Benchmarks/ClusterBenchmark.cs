using System.Globalization;
using System.Text.Json.Nodes;

namespace ActorLoad.Benchmarks;

/// <summary>
/// One coordinator and four workers hold streams on four targets, nine processes on one machine; in the end every number of the summary is
/// compared with what each target has counted itself.
/// </summary>
internal static class ClusterBenchmark
{
    private const int Processes = 4;
    private const int Hold = 60;

    public static async Task<int> RunAsync(int users)
    {
        await using var cluster = await BenchCluster.StartAsync(Processes, coordinators: 1, Processes);
        var run = await cluster.SubmitAsync(Scenario(cluster, users));
        var opening = await cluster.UntilOpenAsync(open => open == users, TimeSpan.FromMinutes(5));
        Console.WriteLine($"streams         {users:N0} open after {opening.TotalSeconds:0} s");

        var (before, cpu) = (await cluster.TotalsAsync(), cluster.Coordinators[0].Process.Cpu);
        var least = long.MaxValue;
        for (var second = 0; second < Hold; second++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            least = Math.Min(least, (await cluster.TotalsAsync()).Open);
        }

        var after = await cluster.TotalsAsync();
        var nodes = (await cluster.Via.GetAsync("api/nodes"))["nodes"]!.AsArray();
        Console.WriteLine($"held            {Hold} s, never below {least:N0}, {(after.Sent - before.Sent) / Hold:N0} events/s");
        Console.WriteLine($"coordinator     {(cluster.Coordinators[0].Process.Cpu - cpu).TotalSeconds / Hold:0.0 %} of one core, {Mebibytes(cluster.Coordinators[0])}");
        for (var i = 0; i < Processes; i++)
        {
            var worker = nodes.Single(n => (string)n!["node"]! == cluster.Workers[i].Seed)!;
            Console.WriteLine($"worker {i + 1}        {(long)worker["streamsOpen"]!:N0} streams, {Mebibytes(cluster.Workers[i])}");
        }

        await cluster.QuietAsync();
        var summary = await cluster.StopAsync(run);
        return await CompareAsync(cluster, summary, users) && least == users ? 0 : 1;
    }

    private static async Task<bool> CompareAsync(BenchCluster cluster, JsonNode summary, int users)
    {
        var isEqual = (long)summary["counters"]!["users_started"]! == users && (long)summary["counters"]!["users_finished"]! == users;
        Console.WriteLine($"users           {(long)summary["counters"]!["users_started"]!:N0} started, {(long)summary["counters"]!["users_finished"]!:N0} finished");
        for (var i = 0; i < Processes; i++)
        {
            var counted = summary["userTypes"]![$"on-{i}"]!["counters"]!;
            var truth = await cluster.Targets[i].CountsAsync();
            var same = (long)counted["connects_opened"]! == truth.Opened && (long)counted["events"]! == truth.Sent && (long)counted["disconnects"]! == 0;
            isEqual &= same;
            Console.WriteLine(
                $"target {i + 1}        streams {truth.Opened:N0} opened / {(long)counted["connects_opened"]!:N0} in the summary, events {truth.Sent:N0} sent / {(long)counted["events"]!:N0} {(same ? "(equal)" : "(NOT EQUAL)")}");
        }

        foreach (var worker in summary["generator"]!.AsObject())
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"lag             {worker.Key} {(double)worker.Value!["lagMs"]!:0.0} ms, processor {(double)worker.Value["cpuShare"]!:0 %}"));
        }

        return isEqual;
    }

    private static string Mebibytes(NodeProcess node) => $"{node.Process.Resident / 1048576.0:0} MiB resident";

    // A user type for each target, an event every ten seconds on each stream.
    private static string Scenario(BenchCluster cluster, int users) => $$"""
        scenario {
          name = cluster
          base-url = "{{cluster.Targets[0].BaseUrl.AbsoluteUri.TrimEnd('/')}}"
          http.connect-timeout = 30s
          load.stages = [ { duration = 60s, users = {{users}} }, { duration = 30m, users = {{users}} } ]
          users {
            {{string.Join("\n    ", cluster.Targets.Select((t, i) => $$"""on-{{i}}.tasks.read.steps = [ { subscribe { stream = main, path = "{{t.BaseUrl.AbsoluteUri}}api/events/stream?interval_ms=10000&spread=1", within = 5m } }, { listen { stream = main, for = 1h } } ]"""))}}
          }
        }
        """;
}
