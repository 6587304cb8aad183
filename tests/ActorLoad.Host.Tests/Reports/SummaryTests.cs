using System.Text.Json;
using System.Text.Json.Nodes;
using ActorLoad.Host.Reports.Folders;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Messages.Failures;
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
        Assert.Equal(["schema", "run", "counters", "gaugesMax", "timings", "userTypes", "events", "failures", "storms", "thresholds"], Keys(json));
        Assert.Equal(
            ["id", "scenario", "status", "exitCode", "reason", "startedAt", "durationSeconds", "trusted", "untrustedReasons", "nodes"],
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
