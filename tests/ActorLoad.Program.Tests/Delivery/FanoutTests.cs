using ActorLoad.Program.Tests.Run;

namespace ActorLoad.Program.Tests.Delivery;

/// <summary>Fifty users on one channel, some of whom the target serves late on purpose.</summary>
public sealed class FanoutTests
{
    [Fact]
    public async Task The_spread_of_an_event_reaches_from_its_first_to_its_last_receiver()
    {
        await using var target = await TargetProcess.StartAsync(port: 0);
        var run = await Delivered.RunAsync(target.BaseUrl, """
            measure { sequence = id, sent-at = "/ts" }
            load.stages = [ { duration = 0s, users = 50 }, { duration = 4s, users = 50 } ]
            users {
              prompt { weight = 4, tasks.read.steps = [
                { subscribe { stream = main, path = "/api/events/stream?interval_ms=100" } }
                { listen { stream = main, for = 1m } }
              ] }
              late { weight = 1, tasks.read.steps = [
                { subscribe { stream = main, path = "/api/events/stream?interval_ms=100&delay_ms=300" } }
                { listen { stream = main, for = 1m } }
              ] }
            }
            """);
        var published = (long)(await target.StatsAsync())["events"]!["published"]!;

        // The target's timers are a few milliseconds coarse. Nearly all of so few events are taken; those at the end of the run reach the prompt ones only, and have a spread, too.
        Assert.InRange(run.Samples("fanout_spread"), published / 2, published);
        Assert.True(run.Time("fanout_spread", "p50") >= 290, run.ToString());
        Assert.True(run.Time("fanout_spread", "max") < 5000, run.ToString());
        Assert.True(run.Time("late", "delivery_latency", "min") >= 290, run.ToString());
    }
}
