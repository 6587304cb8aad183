using System.Text.Json.Nodes;

namespace ActorLoad.Program.Tests.Run;

/// <summary>When the target has stopped sending, every number of the summary equals the target's own.</summary>
public sealed class ExactCountTests
{
    [Fact]
    public async Task Events_received_equal_events_sent()
    {
        using var folder = new ScratchFolder();
        await using var target = await TargetProcess.StartAsync(port: 0, "--interval", "50ms");
        var url = new Uri(target.BaseUrl, "/api/events/stream").AbsoluteUri;
        await using var process = RunCommand.Start(folder, "quick", url, "--users", "300", "--ramp", "2s", "--duration", "60s");
        await target.UntilAsync(s => (long)s["streams"]!["open"]! == 300, "300 streams");
        await target.UntilAsync(s => (long)s["events"]!["sent"]! > 20_000, "20,000 events");
        await target.PauseAsync();
        var stats = await target.StatsAsync();
        process.Interrupt();

        var run = await process.RunResultAsync();

        Assert.Equal(130, run.ExitCode);
        Assert.Equal("interrupted", run.Status);
        Assert.Equal((long)stats["events"]!["sent"]!, run.Counter("events"));
        Assert.Equal(300, run.Counter("connects_opened"));
        Assert.Equal(300, run.Counter("tasks_interrupted"));
        Assert.Equal(300, run.Counter("users_finished"));
        Assert.Equal(300, (long)run.Summary["gaugesMax"]!["streams_open"]!);
        Assert.Equal(300, (long)run.Summary["timings"]!["time_to_first_event"]!["count"]!);

        // What is left on disk tells the same: a line per second, without holes, adding up to the totals.
        var lines = await File.ReadAllLinesAsync(Path.Combine(folder.Path, "run", "timeline.jsonl"));
        var seconds = lines.Select(l => JsonNode.Parse(l)!).ToList();
        Assert.Equal(Enumerable.Range(0, seconds.Count), seconds.Select(s => (int)s["number"]!));
        Assert.Equal(run.Counter("events"), seconds.Sum(s => (long?)s["counters"]!["events"] ?? 0));
        Assert.Equal(0, (long)seconds[^1]["gauges"]!["streams_open"]!);
    }
}
