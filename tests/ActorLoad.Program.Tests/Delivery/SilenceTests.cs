using ActorLoad.Program.Tests.Run;

namespace ActorLoad.Program.Tests.Delivery;

/// <summary>Streams on which nothing comes: silent from the start, kept alive by comments, or stalled.</summary>
public sealed class SilenceTests
{
    [Fact]
    public async Task Streams_that_never_received_anything_are_told_beside_the_percentiles()
    {
        await using var target = await TargetProcess.StartAsync(port: 0);
        var run = await Delivered.RunAsync(target.BaseUrl, """
            measure { sent-at = "/ts" }
            load.stages = [ { duration = 0s, users = 8 }, { duration = 3s, users = 8 } ]
            users {
              silent { weight = 5, tasks.read.steps = [
                { subscribe { stream = main, path = "/api/events/stream?interval_ms=3600000&heartbeat_ms=250" } }
                { listen { stream = main, for = 1500ms, min-heartbeats = 1 } }
                { listen { stream = main, for = 1m } }
              ] }
              reader { weight = 3, tasks.read.steps = [
                { subscribe { stream = main, path = "/api/events/stream?interval_ms=50&heartbeat_ms=0" } }
                { listen { stream = main, for = 1m } }
              ] }
            }
            thresholds { streams_silent = [ "count == 5", "rate <= 62.5%" ], delivery_latency = "count > 10" }
            """);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal((8, 5, 0), (run.Counter("streams_opened"), run.Counter("streams_silent"), run.Counter("reader", "streams_silent")));
        Assert.Contains("5 streams received nothing: they are in none of these percentiles", run.Process.ErrorText, StringComparison.Ordinal);

        // A gap lies between two comments of the same stream. None of the readers got any.
        Assert.Equal(run.Counter("comments") - 5, run.Samples("heartbeat_gap"));
        Assert.InRange(run.Samples("heartbeat_gap"), 5, 100);
        Assert.Equal(run.Counter("comments"), run.Counter("silent", "comments"));
    }

    [Fact]
    public async Task Too_few_heartbeats_fail_the_task_of_the_stream_that_lacks_them()
    {
        await using var target = await TargetProcess.StartAsync(port: 0);
        var run = await Delivered.RunAsync(target.BaseUrl, """
            load.stages = [ { duration = 0s, users = 6 }, { duration = 3s, users = 6 } ]
            users {
              alive { wait = 1h, tasks.hold.steps = [
                { subscribe { stream = main, path = "/api/events/stream?interval_ms=3600000&heartbeat_ms=250" } }
                { listen { stream = main, for = 1500ms, min-heartbeats = 2 } }
              ] }
              quiet { wait = 1h, tasks.hold.steps = [
                { subscribe { stream = main, path = "/api/events/stream?interval_ms=50&heartbeat_ms=0" } }
                { listen { stream = main, for = 1500ms, min-events = 1, min-heartbeats = 1 } }
              ] }
            }
            """);

        Assert.Equal(((3, 0, 0), (0, 3, 0)), (run.Tasks["alive.hold"], run.Tasks["quiet.hold"]));
        Assert.Equal(3, run.Failures("task", "too-few-heartbeats"));
    }

    [Fact]
    public async Task A_stall_is_noticed_after_the_time_that_scenario_user_type_or_stream_says()
    {
        await using var target = await TargetProcess.StartAsync(port: 0, "--interval", "20ms", "--heartbeat", "0", "--retry", "0");
        var run = await Delivered.RunAsync(target.BaseUrl, """
            stall-after = 2400ms
            reconnect { min-backoff = 10ms, max-backoff = 10ms }
            load.stages = [ { duration = 0s, users = 3 }, { duration = 5s, users = 3 } ]
            users {
              by-scenario { tasks.read.steps = [
                { subscribe { stream = main, path = "/api/events/stream?stall_after=2" } }
                { listen { stream = main, for = 1m } }
              ] }
              by-type { stall-after = 1200ms, tasks.read.steps = [
                { subscribe { stream = main, path = "/api/events/stream?stall_after=2" } }
                { listen { stream = main, for = 1m } }
              ] }
              by-stream { stall-after = 1200ms, tasks.read.steps = [
                { subscribe { stream = main, path = "/api/events/stream?stall_after=2", stall-after = 600ms } }
                { listen { stream = main, for = 1m } }
              ] }
            }
            """);

        foreach (var (type, after, next) in new[] { ("by-stream", 600, 1200), ("by-type", 1200, 2400), ("by-scenario", 2400, 5000) })
        {
            // The lower end of a bucket, hence the millisecond or two; each stall is detected well before the next longer limit.
            Assert.InRange(run.Time(type, "stall_time", "min"), after - 3, next);
            Assert.True(run.Counter(type, "streams_stalled") >= 1, run.ToString());
            Assert.Equal(run.Counter(type, "streams_stalled"), run.Counter(type, "disconnects"));
        }

        Assert.Equal(run.Counter("streams_stalled"), run.Failures("disconnect", "stalled"));
        Assert.Equal(run.Counter("streams_stalled"), run.Samples("stall_time"));
        Assert.True(run.Counter("by-stream", "streams_stalled") > run.Counter("by-scenario", "streams_stalled"), run.ToString());
        Assert.Equal(3, run.Counter("streams_opened"));
    }
}
