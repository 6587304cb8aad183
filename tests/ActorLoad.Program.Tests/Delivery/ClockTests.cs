using ActorLoad.Program.Tests.Run;

namespace ActorLoad.Program.Tests.Delivery;

/// <summary>Latency against a target whose clock is wrong by a known amount.</summary>
public sealed class ClockTests
{
    private const string Reading =
        """
        measure { sent-at = "/ts" }
        load.stages = [ { duration = 0s, users = 10 }, { duration = 2s, users = 10 } ]
        users.reader.tasks.read.steps = [
          { subscribe { stream = main, path = "/api/events/stream?interval_ms=50" } }
          { listen { stream = main, for = 1m } }
        ]

        """;

    [Fact]
    public async Task A_clock_that_is_ahead_makes_clock_errors_which_are_told_and_never_latencies()
    {
        await using var target = await TargetProcess.StartAsync(port: 0, "--clock-offset", "250ms");
        var run = await Delivered.RunAsync(target.BaseUrl, Reading);

        Assert.Equal("local", (string)run.Clock()["source"]!);
        Assert.True(run.Counter("events") > 100, run.ToString());

        // A whole quarter of a second on the way would be a latency; on a busy machine that may happen to some.
        Assert.Equal(run.Counter("events"), run.Counter("clock_errors") + run.Samples("delivery_latency"));
        Assert.True(run.Counter("clock_errors") > run.Counter("events") / 2, run.ToString());
        Assert.InRange((double)run.Clock()["worstErrorMs"]!, 100, 250);
        Assert.Contains("to have arrived before being sent", run.Process.ErrorText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clock { source = target, path = \"/api/time\", field = \"/now\" }", 8)]
    [InlineData("clock { path = \"/api/time\", probes = 3 }", 3)]
    public async Task The_targets_clock_is_found_out_within_the_error_that_the_summary_states(string clock, int probes)
    {
        await using var target = await TargetProcess.StartAsync(port: 0, "--clock-offset", "250ms");
        var run = await Delivered.RunAsync(target.BaseUrl, Reading + clock);
        var (offset, error) = ((double)run.Clock()["offsetMs"]!, (double)run.Clock()["errorMs"]!);

        Assert.Equal("target", (string)run.Clock()["source"]!);
        Assert.InRange(offset, 250 - error - 0.1, 250 + error + 0.1);
        Assert.InRange(error, 0, probes == 8 ? 100 : 300);
        Assert.Equal(run.Counter("events"), run.Counter("clock_errors") + run.Samples("delivery_latency"));
        Assert.Contains("delivery_latency is on the target's clock", run.Process.ErrorText, StringComparison.Ordinal);
        if (error < 20)
        {
            // The correction lies within the error of the truth, and the truth is above zero.
            Assert.InRange(run.Time("delivery_latency", "min"), 0, 250 - error);
        }
    }

    [Fact]
    public async Task Events_from_a_known_time_ago_are_at_least_as_late_as_that()
    {
        await using var target = await TargetProcess.StartAsync(port: 0, "--clock-offset=-2s");
        var run = await Delivered.RunAsync(target.BaseUrl, Reading);

        Assert.Equal(run.Counter("events"), run.Samples("delivery_latency"));
        Assert.Equal(0, run.Counter("clock_errors"));

        // The lower end of the bucket that holds the smallest.
        Assert.InRange(run.Time("delivery_latency", "min"), 1998, 4000);
    }

    [Fact]
    public async Task A_target_that_does_not_tell_its_time_keeps_the_run_from_starting()
    {
        await using var target = await TargetProcess.StartAsync(port: 0);
        var run = await Delivered.RunAsync(target.BaseUrl, Reading + "clock { path = \"/nowhere\", field = \"/now\" }");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(0, run.Counter("users_started"));
        Assert.Contains(
            "clock = target: GET /nowhere: the server answered 404", (string)run.Summary["run"]!["reason"]!, StringComparison.Ordinal);
    }
}
