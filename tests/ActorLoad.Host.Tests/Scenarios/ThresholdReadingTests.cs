using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Tests.Scenarios;

public sealed class ThresholdReadingTests : IDisposable
{
    private readonly ScenarioFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("task_time", "p99 < 250ms", 250)]
    [InlineData("task_time", "p99 < 250 ms", 250)]
    [InlineData("task_time", "p99<250", 250)]
    [InlineData("task_time", "max <= 1.5s", 1500)]
    [InlineData("task_time", "min >= 40us", 0.04)]
    [InlineData("task_time", "min >= 40µs", 0.04)]
    [InlineData("task_time", "mean != 2m", 120_000)]
    [InlineData("task_time", "p99.9 == 1h", 3_600_000)]
    [InlineData("task_time", "count > 10", 10)]
    [InlineData("task_time", "per_second > 10/s", 10)]
    [InlineData("events", "count == 0", 0)]
    [InlineData("events", "per_second > 0.5", 0.5)]
    [InlineData("events", "per_second > 0.5 /s", 0.5)]
    [InlineData("tasks_failed", "rate < 1%", 0.01)]
    [InlineData("tasks_failed", "rate < 0.5 %", 0.005)]
    [InlineData("tasks_failed", "rate < 0.25", 0.25)]
    [InlineData("tasks_failed", "rate <= 100%", 1)]
    [InlineData("bytes", "count < 10MiB", 10 * 1024 * 1024)]
    [InlineData("bytes", "count < 10 GiB", 10L * 1024 * 1024 * 1024)]
    [InlineData("bytes", "per_second < 512B/s", 512)]
    [InlineData("bytes", "per_second < 1.5KiB", 1536)]
    [InlineData("bytes", "count > 100", 100)]
    [InlineData("streams_silent", "rate == 0%", 0)]
    public void A_limit_is_read_in_its_own_unit(string metric, string expression, double value)
    {
        var threshold = Assert.Single(Read($"{metric} = \"{expression}\""));
        Assert.Equal((metric, expression, value), (threshold.Metric, threshold.Expression, threshold.Value));
    }

    [Fact]
    public void Scopes_and_objects_are_read_in_the_order_of_the_file()
    {
        Threshold Time(string expression, string aggregate, double value) => new("task_time", expression, aggregate, "<", value);
        Assert.Equal(
            [
                new Threshold("events", "count > 1", "count", ">", 1) { UserType = "reader" },
                Time("p99 < 1s", "p99", 1000) with { UserType = "reader", Task = "read" },
                Time("p50 < 5", "p50", 5) with { Task = "read", AbortOnFail = true, AbortDelay = TimeSpan.FromSeconds(10) },
                Time("max < 1m", "max", 60_000) with { Task = "read" },
                Time("mean < 1", "mean", 1) with { AbortOnFail = true },
            ],
            Read("""
                users.reader { events = "count > 1", tasks.read.task_time = [ "p99 < 1s" ] }
                tasks.read.task_time = [ { threshold = "p50 < 5", abort-on-fail = true, delay = 10s }, { threshold = "max < 1m", abort-on-fail = false } ]
                task_time = { threshold = "mean < 1", abort-on-fail = true }
                """));
    }

    [Fact]
    public void A_count_that_only_grows_may_end_a_run_after_a_delay_and_one_that_must_not_grow_at_once() =>
        Assert.Equal(2, Read("""
            events = [ { threshold = "count > 10", abort-on-fail = true, delay = 5s }, { threshold = "count < 10", abort-on-fail = true } ]
            """).Count);

    [Fact]
    public void Several_mistakes_come_with_their_lines()
    {
        var mistakes = _folder.Mistakes(ScenarioFolder.Minimal + """
            scenario.thresholds {
              event = "count > 1"
              tasks.red {
                task_time = "p99 < 1s"
              }
              users.reader {
                task_time = [
                  "p99 < 1 %"
                  { threshold = "p99 <" }
                ]
              }
            }
            """);
        Assert.Equal(
            ["8: scenario.thresholds.event", "9: scenario.thresholds.tasks.red", "14: scenario.thresholds.users.reader.task_time[0]",
                "15: scenario.thresholds.users.reader.task_time[1].threshold"],
            mistakes.Select(m => m[10..m.IndexOf(": ", 14, StringComparison.Ordinal)]));
    }

    private IReadOnlyList<Threshold> Read(string thresholds) =>
        _folder.Valid(ScenarioFolder.Minimal + $"scenario.thresholds {{\n{thresholds}\n}}").Scenario!.Thresholds;
}
