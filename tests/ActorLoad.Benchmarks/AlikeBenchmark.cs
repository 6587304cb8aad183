using System.Text.Json.Nodes;

namespace ActorLoad.Benchmarks;

/// <summary>The same scenario in real runs on one, two and four workers: rates and percentiles must differ by no more than runs do.</summary>
internal static class AlikeBenchmark
{
    // Two runs on the same worker differ by a few per cent; percentiles below a millisecond by more, and are only printed.
    private const double Tolerance = 0.05;

    private static readonly string[] Counters = ["tasks_passed", "connects_opened", "events"];

    public static async Task<int> RunAsync(int users)
    {
        await using var cluster = await BenchCluster.StartAsync(targets: 1, coordinators: 1, workers: 1);
        var results = new List<(int Workers, JsonNode Summary)>();
        foreach (var workers in (int[])[1, 1, 2, 4])
        {
            await cluster.AddWorkersAsync(workers - cluster.Workers.Count);
            var run = await cluster.SubmitAsync(Scenario(cluster.Targets[0], users));
            results.Add((workers, await cluster.EndAsync(run, TimeSpan.FromMinutes(3))));
            Console.WriteLine(Line(results[^1]));
        }

        var (first, isAlike) = (results[0].Summary, true);
        foreach (var (workers, summary) in results.Skip(1))
        {
            var differences = Counters.Select(c => Difference(summary["counters"]![c], first["counters"]![c])).Append(Difference(Median(summary), Median(first))).ToList();
            isAlike &= differences.Max() <= Tolerance;
            Console.WriteLine($"{workers} workers against 1: at most {differences.Max():0.0 %} apart {(differences.Max() <= Tolerance ? "(alike)" : "(NOT ALIKE)")}");
        }

        return isAlike ? 0 : 1;
    }

    private static JsonNode? Median(JsonNode summary) => summary["userTypes"]!["reader"]!["tasks"]!["read"]!["timings"]!["task_time"]!["p50"];

    private static double Difference(JsonNode? value, JsonNode? of) => Math.Abs(((double)value! / (double)of!) - 1);

    private static string Line((int Workers, JsonNode Summary) run)
    {
        var task = run.Summary["userTypes"]!["reader"]!["tasks"]!["read"]!["timings"]!["task_time"]!;
        var headers = run.Summary["timings"]!["time_to_headers"]!;
        return $"{run.Workers} workers: {string.Join(", ", Counters.Select(c => $"{c} {(long)run.Summary["counters"]![c]!:N0}"))}; task_time p50 {task["p50"]} p90 {task["p90"]} p99 {task["p99"]} ms; "
            + $"time_to_headers p50 {headers["p50"]} p99 {headers["p99"]} ms";
    }

    private static string Scenario(TargetProcess target, int users) => $$"""
        scenario {
          name = alike
          base-url = "{{target.BaseUrl.AbsoluteUri.TrimEnd('/')}}"
          graceful-stop = 20s
          load.stages = [ { duration = 5s, users = {{users}} }, { duration = 25s, users = {{users}} } ]
          users.reader {
            wait { min = 1s, max = 3s }
            tasks.read.steps = [
              { subscribe { stream = main, path = "/api/events/stream?interval_ms=500&spread=1" } }
              { await { stream = main, events = 4, within = 20s } }
              { close = main }
            ]
          }
        }
        """;
}
