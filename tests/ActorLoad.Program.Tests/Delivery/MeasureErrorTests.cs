using ActorLoad.Program.Tests.Run;

namespace ActorLoad.Program.Tests.Delivery;

/// <summary>What does not tell when it was sent is counted and breaks nothing; what is told again is a replay.</summary>
public sealed class MeasureErrorTests
{
    [Fact]
    public async Task Every_event_that_cannot_be_measured_is_counted_by_its_reason()
    {
        await using var target = await TargetProcess.StartAsync(port: 0);
        var run = await Delivered.RunAsync(target.BaseUrl, """
            load.stages = [ { duration = 0s, users = 4 }, { duration = 2s, users = 4 } ]
            users {
              good { measure.sent-at = "/ts", tasks.t.steps = ${steps} }
              missing { measure.sent-at = "/nowhere/at/all", tasks.t.steps = ${steps} }
              wrong { measure { sent-at = "/channel" }, tasks.t.steps = ${steps} }
              absurd { measure { sent-at = "/id" }, tasks.t.steps = ${steps} }
            }
            """.Replace(
            "${steps}",
            "[ { subscribe { stream = main, path = \"/api/events/stream?interval_ms=50\" } }, { listen { stream = main, for = 1m } } ]",
            StringComparison.Ordinal));

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(4, run.Counter("users_finished"));
        Assert.Equal(0, run.Counter("disconnects"));
        foreach (var (type, reason) in new[] { ("missing", "missing-field"), ("wrong", "wrong-type"), ("absurd", "out-of-range") })
        {
            Assert.InRange(run.Counter(type, "measure_errors"), 10, 100);
            Assert.Equal(run.Counter(type, "events"), run.Counter(type, "measure_errors"));
            Assert.Equal(run.Counter(type, "events"), run.Failures("measure", reason));
        }

        Assert.Equal(0, run.Counter("good", "measure_errors"));
        Assert.Equal(run.Counter("good", "events"), run.Samples("delivery_latency"));
        Assert.Contains("wrong/main: sent-at /channel is of the wrong type: 'main'", run.Summary["failures"]!.AsArray().Select(f => (string)f!["sample"]!));
    }

    [Fact]
    public async Task What_is_told_again_after_an_outage_is_a_replay_and_no_latency()
    {
        await using var target = await TargetProcess.StartAsync(port: 0);
        var run = await Delivered.RunAsync(target.BaseUrl, """
            measure { sent-at = "/ts" }
            load.stages = [ { duration = 0s, users = 5 }, { duration = 4s, users = 5 } ]
            users.reader.tasks.read.steps = [
              { subscribe { stream = main, path = "/api/events/stream?interval_ms=50" } }
              { await { stream = main, events = 5 } }
              { drop = main }
              { pause = 1500ms }
              { reconnect = main }
              { await { stream = main, events = 40 } }
              { listen { stream = main, for = 1m } }
            ]
            """);

        // 30 events were sent while each of them was away, a few more or fewer at the edges.
        Assert.InRange(run.Counter("events_replayed"), 5 * 25, 5 * 60);
        Assert.Equal(run.Counter("events"), run.Counter("events_replayed") + run.Samples("delivery_latency"));
        Assert.Equal(0, run.Counter("streams_buffered"));
        Assert.Contains("came as a replay after a reconnect", run.Process.ErrorText, StringComparison.Ordinal);
    }
}
