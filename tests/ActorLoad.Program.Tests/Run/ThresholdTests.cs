using System.Text.Json.Nodes;

namespace ActorLoad.Program.Tests.Run;

/// <summary>Every aggregate, in every scope: the value that was judged is the one of the summary, and demands are crossed on the right side of it.</summary>
public sealed class ThresholdTests
{
    private static readonly string[] Timed = ["min", "mean", "max", "p50", "p90", "p95", "p99", "p99.9"];

    private static readonly string[] Scopes = ["", "users.one.", "users.one.tasks.look.", "tasks.look."];

    [Fact]
    public async Task What_is_judged_is_what_the_summary_says()
    {
        using var folder = new ScratchFolder();
        await using var target = await TargetProcess.StartAsync(port: 0);
        var timed = string.Join(", ", Timed.Append("count").Append("per_second").Select(a => $"\"{a} > 0\""));
        var file = folder.Write("s.conf", $$"""
            scenario {
              name = judged
              base-url = "{{target.BaseUrl}}"
              load { stages = [ { duration = 0s, users = 4 }, { duration = 2s, users = 4 } ] }
              users.one { wait = 100ms, tasks.look.steps = [ { request { path = "/api/time" } } ] }
              users.two { wait = 100ms, tasks.fail.steps = [ { request { path = "/nowhere" } } ] }
              thresholds {
                task_time = [ {{timed}} ]
                users.one.task_time = [ {{timed}} ]
                users.one.tasks.look.task_time = [ {{timed}} ]
                tasks.look.task_time = [ {{timed}} ]
                requests_failed = [ "rate > 0%", "rate < 100%", "count != 0", "per_second >= 0.001/s", "count == 0", "rate <= 0%" ]
                users.one.requests_failed = "count == 0"
                users.two.requests_failed = [ "rate == 100%", "rate < 1" ]
                tasks.fail.tasks_failed = [ "rate == 1" ]
                users.two.tasks.fail.task_time = "p99.9 < 1us"
                events = "count > 0"
                event_gap = "p99 < 1h"
              }
            }
            """);
        await using var process = RunCommand.Start(folder, "run", file);
        var run = await process.RunResultAsync();

        Assert.True(run.ExitCode == 99, run.ToString());
        var judged = run.Summary["thresholds"]!.AsArray()
            .ToDictionary(t => $"{Scope(t!)}{t!["metric"]} {t["expression"]}", t => ((double?)t!["value"], (bool)t["passed"]!));
        Assert.Equal(
            ["event_gap p99 < 1h", "events count > 0", "requests_failed count == 0", "requests_failed rate <= 0%", "users.two.requests_failed rate < 1",
                "users.two.tasks.fail.task_time p99.9 < 1us"],
            judged.Where(t => !t.Value.Item2).Select(t => t.Key).Order(StringComparer.Ordinal));

        var type = run.Summary["userTypes"]!["one"]!;
        var task = type["tasks"]!["look"]!;
        var seconds = (double)run.Summary["run"]!["durationSeconds"]!;
        foreach (var (scope, timings) in Scopes.Zip([run.Summary["timings"]!, type["timings"]!, task["timings"]!, task["timings"]!]))
        {
            var timing = timings["task_time"]!;
            Assert.All(Timed, a => Assert.Equal((double)timing[a.Replace(".", "", StringComparison.Ordinal)]!, Value($"{scope}task_time {a} > 0"), 0.001));
            Assert.Equal((double)timing["count"]!, Value($"{scope}task_time count > 0"));
            Assert.Equal((double)timing["count"]! / seconds, Value($"{scope}task_time per_second > 0"), 0.01);
        }

        Assert.Equal((double)run.Counter("requests_failed") / run.Counter("requests"), Value("requests_failed rate > 0%"), 0.000001);
        Assert.Equal(run.Counter("requests_failed"), Value("requests_failed count != 0"));
        Assert.Equal((1d, 0d), (Value("users.two.requests_failed rate == 100%"), Value("users.one.requests_failed count == 0")));
        Assert.Contains("✗ crossed   requests_failed", run.Process.ErrorText, StringComparison.Ordinal);

        double Value(string threshold) => judged[threshold].Item1 ?? throw new InvalidOperationException($"{threshold} has no value\n{run}");
    }

    private static string Scope(JsonNode threshold) => (string?)threshold["scope"] is { Length: > 0 } scope ? scope + "." : "";
}
