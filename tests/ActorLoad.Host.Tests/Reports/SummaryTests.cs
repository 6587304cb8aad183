using System.Text.Json;
using System.Text.Json.Nodes;
using ActorLoad.Host.Reports.Folders;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Tests.Reports;

public class SummaryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static Summary Sample() => SummaryBuilder.Build(
        SampleRun.Outcome(SampleRun.Totals()),
        SampleRun.Scenario(new Threshold("time_to_first_event", "p99 < 250ms", "p99", "<", 250)));

    private static JsonObject Json(Summary summary) => JsonNode.Parse(SummaryFile.ToJson(summary))!.AsObject();

    private static string[] Keys(JsonNode? node) => [.. node!.AsObject().Select(p => p.Key)];

    [Fact]
    public void The_json_has_the_documented_shape()
    {
        var json = Json(Sample());
        Assert.Equal(["schema", "run", "counters", "gaugesMax", "timings", "userTypes", "events", "failures", "storms", "thresholds", "integrity", "generator"], Keys(json));
        Assert.Equal(
            ["id", "scenario", "status", "exitCode", "reason", "startedAt", "durationSeconds", "trusted", "untrustedReasons", "nodes", "clock"],
            Keys(json["run"]));
        Assert.Equal(["unit", "count", "min", "mean", "p50", "p90", "p95", "p99", "p999", "max"], Keys(json["timings"]!["connect_time"]));
        Assert.Equal(["counters", "timings", "streams", "tasks"], Keys(json["userTypes"]!["reader"]));
        Assert.Equal(["passed", "failed", "interrupted", "timings"], Keys(json["userTypes"]!["reader"]!["tasks"]!["read"]));
        Assert.Equal(["where", "reason", "count", "sample"], Keys(json["failures"]![0]));
        Assert.Equal(["metric", "expression", "value", "passed"], Keys(json["thresholds"]![0]));
        Assert.Equal(1, (int)json["schema"]!);
        Assert.Equal("thresholds-crossed", (string)json["run"]!["status"]!);
        Assert.Equal("p99 < 250ms", (string)json["thresholds"]![0]!["expression"]!);
        Assert.Contains("p99 < 250ms", SummaryFile.ToJson(Sample()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_threshold_of_a_scope_names_it_and_one_that_ended_the_run_keeps_its_value()
    {
        var held = new Threshold("task_time", "p99 < 1h", "p99", "<", 3_600_000) { UserType = "reader", Task = "read", AbortOnFail = true };
        var outcome = SampleRun.Outcome(SampleRun.Totals(), StopReason.ThresholdAborted) with
        {
            Abort = new ThresholdAbort(held, 4_000_000, TimeSpan.FromSeconds(5)),
        };
        var json = Json(SummaryBuilder.Build(outcome, SampleRun.Scenario(held, held with { UserType = null })));
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                { "metric": "task_time", "scope": "users.reader.tasks.read", "expression": "p99 < 1h", "value": 4000000, "passed": false, "aborted": true }
                """),
            json["thresholds"]![0]), json.ToJsonString());
        Assert.Equal(["metric", "scope", "expression", "value", "passed"], Keys(json["thresholds"]![1]));
        Assert.Equal("tasks.read", (string)json["thresholds"]![1]!["scope"]!);
        Assert.True((bool)json["thresholds"]![1]!["passed"]!);
    }

    [Fact]
    public void What_the_workers_saw_of_themselves_is_told_at_its_worst_and_a_doubt_makes_the_run_untrusted()
    {
        var totals = SampleRun.Sum(
        [
            new WindowBuilder(0).Health(new GeneratorHealth(12.5, 0.25, 0.5, 7, 2, 3.25, 4)).Second(),
            new WindowBuilder(1).Health(new GeneratorHealth(870, 0.125, 0.25, 70, 1, 1, 5)).Second(),
        ]);
        var outcome = SampleRun.Outcome(totals) with { Doubts = [new GeneratorDoubt(GeneratorDoubtKind.SchedulingLag, "worker-1", 1, 2, 870)] };
        var json = Json(SummaryBuilder.Build(outcome, SampleRun.Scenario()));
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                { "worker-1": { "lagMs": 870, "cpuShare": 0.25, "gcPauseShare": 0.5, "queueMax": 70, "queueMin": 2, "readBacklogMs": 3.25, "arrivalsDropped": 9 } }
                """),
            json["generator"]), json.ToJsonString());
        Assert.False((bool)json["run"]!["trusted"]!);
        Assert.Equal("1 s to 2 s: scheduling lag up to 870 ms", (string)json["run"]!["untrustedReasons"]![0]!);
    }

    [Fact]
    public void Every_counter_and_gauge_is_there_and_only_timings_with_samples()
    {
        var json = Json(Sample());
        Assert.Equal(MetricNames.Counters, Keys(json["counters"]));
        Assert.Equal(MetricNames.Counters, Keys(json["userTypes"]!["writer"]!["counters"]));
        Assert.Equal(MetricNames.Gauges, Keys(json["gaugesMax"]));
        Assert.Equal(["connect_time", "time_to_headers", "time_to_first_event", "event_gap", "reconnect_time", "task_time"], Keys(json["timings"]));
        Assert.Equal(["task_time"], Keys(json["userTypes"]!["writer"]!["timings"]));
    }

    [Fact]
    public void Numbers_are_the_sums_of_the_windows()
    {
        var summary = Sample();
        Assert.Equal(SampleRun.SecondCount * 60, summary.Counters["connects_attempted"]);
        Assert.Equal(100, summary.Counters["users_started"]);
        Assert.Equal((100, 98), (summary.GaugesMax["users_active"], summary.GaugesMax["streams_open"]));
        Assert.Equal(SampleRun.SecondCount * 50, summary.Timings["task_time"].Count);
        Assert.Equal(SampleRun.SecondCount * 10, summary.UserTypes["writer"].Tasks["post"].Timings["task_time"].Count);
        Assert.Equal((480, 3, 12), (summary.UserTypes["reader"].Tasks["read"].Passed, summary.UserTypes["reader"].Tasks["read"].Failed, summary.UserTypes["reader"].Tasks["read"].Interrupted));
        Assert.Equal(1200, summary.Events["update"]);
        Assert.Equal(["eof", "status", "unexpected-status"], summary.Failures.Select(f => f.Reason));
        Assert.Equal(48, summary.Failures[0].Count);
    }

    [Fact]
    public void Milliseconds_have_at_most_three_decimals()
    {
        var totals = new WindowBuilder(0).Time(Timing.ConnectTime, 1, 1, 2).Totals();
        var timing = SummaryBuilder.Build(SampleRun.Outcome(totals), SampleRun.Scenario()).Timings["connect_time"];
        Assert.Equal((0.001, 0.001, 0.001, 0.002), (timing.Min, timing.Mean, timing.P50, timing.Max));
        foreach (var value in Sample().Timings.Values.SelectMany(t => new[] { t.Min, t.Mean, t.P50, t.P90, t.P95, t.P99, t.P999, t.Max }))
        {
            Assert.Equal(Math.Round(value, 3), value);
        }
    }

    [Fact]
    public void What_a_target_wrote_is_harmless_and_bounded_before_it_is_kept()
    {
        var totals = new WindowBuilder(0)
            .Events("a\nb\e[2J", 2)
            .Events("a b[2J", 3)
            .Events(new string('x', 5000), 1)
            .Failure(FailureWhere.Connect, FailureReason.Protocol, 1, "\e]0;owned\a" + new string('y', 5000))
            .Totals();
        var summary = SummaryBuilder.Build(SampleRun.Outcome(totals), SampleRun.Scenario());
        Assert.Equal(5, summary.Events["a b[2J"]);
        Assert.All(summary.Events.Keys, k => Assert.True(k.Length <= 120));
        Assert.StartsWith("]0;ownedyyy", summary.Failures[0].Sample, StringComparison.Ordinal);
        Assert.Equal(300, summary.Failures[0].Sample.Length);
    }

    [Fact]
    public void Doubts_make_a_summary_untrusted()
    {
        var run = SummaryBuilder.Build(SampleRun.Outcome(SampleRun.Totals()), SampleRun.Scenario(), ["CPU at 99%"]).Run;
        Assert.False(run.Trusted);
        Assert.Equal(["CPU at 99%"], run.UntrustedReasons);
    }

    [Fact]
    public void A_written_summary_reads_back_the_same_and_leaves_no_other_file()
    {
        var path = _folder.File("summary.json");
        File.WriteAllText(path, "old");
        SummaryFile.Write(path, Sample());
        Assert.Equal(SummaryFile.ToJson(Sample()), SummaryFile.ToJson(SummaryFile.Read(path)));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Fields_of_a_later_version_survive_reading_and_writing()
    {
        var json = Json(Sample());
        json["health"] = new JsonObject { ["cpu"] = 0.5 };
        json["run"]!["seed"] = 42;
        json["timings"]!["connect_time"]!["p9999"] = 7;
        var path = _folder.File("summary.json");
        File.WriteAllText(path, json.ToJsonString());
        var again = Json(SummaryFile.Read(path));
        Assert.True(JsonNode.DeepEquals(json, again), again.ToJsonString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"schema\":1}")]
    [InlineData("{\"schema\":1,\"run\":{\"id\":\"x\"}}")]
    [InlineData("{\"schema\":1,\"run\":null}")]
    public void What_is_no_summary_is_refused_in_one_sentence(string text)
    {
        var path = _folder.File("summary.json");
        File.WriteAllText(path, text);
        var error = Assert.Throws<RunFolderException>(() => SummaryFile.Read(path));
        Assert.StartsWith($"{path} is no run summary", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_schema_is_refused()
    {
        var json = Json(Sample());
        json["schema"] = 2;
        var path = _folder.File("summary.json");
        File.WriteAllText(path, json.ToJsonString());
        Assert.Contains("schema 2", Assert.Throws<RunFolderException>(() => SummaryFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_summary_that_cannot_be_written_says_where()
    {
        var path = Path.Combine(_folder.File("missing"), "summary.json");
        Assert.Contains(path, Assert.Throws<RunFolderException>(() => SummaryFile.Write(path, Sample())).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
