using ActorLoad.Actors.Verdicts;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Tests.Verdicts;

public sealed class GeneratorJudgeTests
{
    private const string Worker = "w";

    /// <summary>A busy but honest worker: each number just at its bound.</summary>
    private static readonly GeneratorHealth Fine = new(
        GeneratorBounds.LastingLagMs,
        GeneratorBounds.CpuShare,
        GeneratorBounds.GcPauseShare,
        1_000_000,
        GeneratorBounds.ThreadPoolQueue,
        GeneratorBounds.LastingReadBacklogMs,
        0);

    private static GeneratorDoubt[] Judge(params IEnumerable<(int Second, GeneratorHealth Health)> windows)
    {
        var judge = new GeneratorJudge();
        foreach (var (second, health) in windows)
        {
            judge.Add(Worker, TimeSpan.FromSeconds(second), TimeSpan.FromSeconds(1), health);
        }

        return [.. judge.Doubts];
    }

    private static GeneratorHealth Lag(double ms) => Fine with { LagMsMax = ms };

    [Fact]
    public void A_worker_at_its_bounds_all_the_time_is_trusted() =>
        Assert.Empty(Judge(Enumerable.Range(0, 100).Select(s => (s, Fine))));

    [Fact]
    public void One_bad_moment_within_the_bound_of_a_moment_is_trusted() =>
        Assert.Empty(Judge((5, Fine with { LagMsMax = 250, ReadBacklogMsMax = 250, CpuShare = 1, GcPauseShare = 0.9, ThreadPoolQueueMin = 5000 }), (6, Fine)));

    [Fact]
    public void A_lag_or_backlog_of_one_moment_beyond_the_bound_is_told_with_its_second() =>
        Assert.Equal(
            [
                new GeneratorDoubt(GeneratorDoubtKind.SchedulingLag, Worker, 5, 6, 251),
                new GeneratorDoubt(GeneratorDoubtKind.ReadBacklog, Worker, 5, 6, 300),
            ],
            Judge((4, Fine), (5, Fine with { LagMsMax = 251, ReadBacklogMsMax = 300 }), (6, Fine)));

    [Fact]
    public void Any_dropped_arrival_is_told_and_their_sum() =>
        Assert.Equal(
            [new GeneratorDoubt(GeneratorDoubtKind.ArrivalsDropped, Worker, 0, 3, 12)],
            Judge((0, Fine with { ArrivalsDropped = 5 }), (1, Fine), (2, Fine with { ArrivalsDropped = 7 })));

    public static TheoryData<GeneratorDoubtKind, GeneratorHealth, double> Lasting => new()
    {
        { GeneratorDoubtKind.SchedulingLag, Fine with { LagMsMax = 101 }, 101 },
        { GeneratorDoubtKind.ReadBacklog, Fine with { ReadBacklogMsMax = 51 }, 51 },
        { GeneratorDoubtKind.Cpu, Fine with { CpuShare = 0.91 }, 0.91 },
        { GeneratorDoubtKind.GcPause, Fine with { GcPauseShare = 0.11 }, 0.11 },
        { GeneratorDoubtKind.ThreadPoolQueue, Fine with { ThreadPoolQueueMin = 101 }, 101 },
    };

    [Theory]
    [MemberData(nameof(Lasting))]
    public void Three_windows_in_a_row_are_needed_and_told_from_the_first(GeneratorDoubtKind kind, GeneratorHealth bad, double peak)
    {
        Assert.Empty(Judge((5, bad), (6, bad), (7, Fine), (8, bad), (9, bad)));
        Assert.Equal([new GeneratorDoubt(kind, Worker, 5, 8, peak)], Judge((4, Fine), (5, bad), (6, bad), (7, bad), (8, Fine)));
        Assert.Equal([new GeneratorDoubt(kind, Worker, 5, 10, peak)], Judge(Enumerable.Range(5, 5).Select(s => (s, bad))));
    }

    [Fact]
    public void While_the_runtime_starts_up_only_a_whole_second_counts()
    {
        var slow = Fine with { LagMsMax = 1000, ReadBacklogMsMax = 1000 };
        Assert.Empty(Judge((0, slow), (1, slow), (2, slow)));
        Assert.Equal([GeneratorDoubtKind.SchedulingLag, GeneratorDoubtKind.ReadBacklog], Judge((0, slow), (1, slow), (2, slow), (3, slow)).Select(d => d.Kind));
        Assert.Equal([new GeneratorDoubt(GeneratorDoubtKind.SchedulingLag, Worker, 1, 2, 1001)], Judge((0, slow), (1, slow with { LagMsMax = 1001 })));
    }

    [Fact]
    public void Times_that_follow_closely_are_one_with_the_worst_of_both() =>
        Assert.Equal(
            [new GeneratorDoubt(GeneratorDoubtKind.SchedulingLag, Worker, 5, 9, 700), new GeneratorDoubt(GeneratorDoubtKind.SchedulingLag, Worker, 12, 13, 300)],
            Judge((5, Lag(700)), (6, Fine), (7, Fine), (8, Lag(400)), (9, Fine), (10, Fine), (11, Fine), (12, Lag(300))));

    [Fact]
    public void A_window_that_lasted_longer_covers_all_its_seconds()
    {
        // A process that stood still from 5.3 to 7.6 closes window 5 late; the two it slept through have nothing to tell.
        var judge = new GeneratorJudge();
        judge.Add(Worker, TimeSpan.FromSeconds(4.004), TimeSpan.FromSeconds(0.998), Fine);
        judge.Add(Worker, TimeSpan.FromSeconds(5.002), TimeSpan.FromSeconds(2.6), Lag(2280));
        judge.Add(Worker, TimeSpan.FromSeconds(7.602), TimeSpan.FromSeconds(0.4), Fine);
        Assert.Equal([new GeneratorDoubt(GeneratorDoubtKind.SchedulingLag, Worker, 5, 8, 2280)], judge.Doubts);
    }

    [Fact]
    public void Workers_are_judged_apart()
    {
        var judge = new GeneratorJudge();
        for (var second = 3; second < 6; second++)
        {
            judge.Add("a", TimeSpan.FromSeconds(second), TimeSpan.FromSeconds(1), second == 4 ? Fine : Fine with { CpuShare = 1 });
            judge.Add("b", TimeSpan.FromSeconds(second), TimeSpan.FromSeconds(1), Fine with { CpuShare = 1 });
        }

        Assert.Equal([new GeneratorDoubt(GeneratorDoubtKind.Cpu, "b", 3, 6, 1)], judge.Doubts);
    }

    [Fact]
    public void Of_too_many_times_the_closest_are_joined_and_none_is_lost()
    {
        // Every tenth second of an hour, and two that lie closer together.
        var bad = Enumerable.Range(0, 360).Select(i => 10 * (i + 1)).Append(3604).Order().ToList();
        var doubts = Judge(bad.Select(s => (s, Lag(300 + (s == 1000 ? 600 : 0)))));
        Assert.Equal(GeneratorJudge.MostTimes, doubts.Length);
        Assert.All(bad, s => Assert.Contains(doubts, d => d.FromSecond <= s && s < d.ToSecond));
        Assert.Equal(900, doubts.Max(d => d.Peak));
        Assert.All(doubts.Zip(doubts.Skip(1)), pair => Assert.True(pair.First.ToSecond < pair.Second.FromSecond));
    }
}
