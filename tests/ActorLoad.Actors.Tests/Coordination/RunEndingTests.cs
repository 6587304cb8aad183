using ActorLoad.Actors.Coordination.Runs;
using ActorLoad.Messages.Cluster;

namespace ActorLoad.Actors.Tests.Coordination;

public sealed class RunEndingTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(10, true, RunPhase.Draining)]
    [InlineData(10, true, RunPhase.Ended, RunPhase.Draining)]
    [InlineData(10, true, RunPhase.Preparing, RunPhase.Draining)]
    [InlineData(10, false, RunPhase.Running, RunPhase.Draining)]
    [InlineData(10, false, RunPhase.Preparing)]
    [InlineData(10, false)]
    [InlineData(58, false, RunPhase.Draining)]
    [InlineData(70, false, RunPhase.Ended)]
    public void A_run_whose_workers_all_drain_before_the_plan_ends_was_stopped(int elapsed, bool stopped, params RunPhase[] phases) =>
        Assert.Equal(stopped, RunEnding.WasStopped(phases, TimeSpan.FromSeconds(elapsed), Minute));

    [Fact]
    public void What_is_large_is_said_again_ever_more_rarely()
    {
        var (large, small) = (new Patience(), new Patience());
        Assert.Equal([1, 3, 7, 15, 31], Enumerable.Range(1, 40).Where(_ => large.IsOver(isLarge: true)));
        Assert.All(Enumerable.Range(1, 40), _ => Assert.True(small.IsOver(isLarge: false)));
    }
}
