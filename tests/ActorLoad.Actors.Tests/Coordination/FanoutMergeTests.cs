using ActorLoad.Actors.Coordination;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Tests.Coordination;

/// <summary>Spreads of events that several workers received, through the ledger that merges their windows.</summary>
public sealed class FanoutMergeTests
{
    private const long At = 1_700_000_000_000_000;

    private static readonly RunId Run = new("run");
    private static readonly WorkerId A = new("a");
    private static readonly WorkerId B = new("b");

    [Fact]
    public void One_worker_knows_the_whole_spread_at_once()
    {
        var ledger = new WindowLedger(Run, [A]);
        var second = Close(ledger, Window(A, 0, new FanoutSpan(1, At, At + 700, 3), new FanoutSpan(2, At, At, 1)));
        Assert.Equal(1, Spreads(second));
        Assert.Equal(700, second.Second.Timings[Timing.FanoutSpread].GetValueAtPercentile(100));
    }

    [Fact]
    public void Several_workers_make_one_spread_of_all_their_receivers()
    {
        var ledger = new WindowLedger(Run, [A, B]);
        var seconds = new List<RunSecond>
        {
            Close(ledger, Window(A, 0, new FanoutSpan(1, At + 500, At + 900, 1)), Window(B, 0)),
            Close(ledger, Window(A, 1), Window(B, 1, new FanoutSpan(1, At + 200, At + 600, 1))),
        };
        for (var i = 2; i <= 6; i++)
        {
            seconds.Add(Close(ledger, Window(A, i), Window(B, i)));
        }

        // Five seconds after the last word of it.
        Assert.Equal([0, 0, 0, 0, 0, 0, 1], seconds.Select(Spreads));
        Assert.Equal(700, ledger.Totals.Timings[Timing.FanoutSpread].GetValueAtPercentile(100));
        Assert.Equal(1, ledger.Totals.Timings[Timing.FanoutSpread].TotalCount);
    }

    [Fact]
    public void At_the_end_of_the_run_nobody_is_waited_for()
    {
        var ledger = new WindowLedger(Run, [A, B]);
        var second = Close(
            ledger,
            Window(A, 0, new FanoutSpan(1, At, At + 300, 2)) with { IsLast = true },
            Window(B, 0, new FanoutSpan(1, At + 100, At + 400, 2)) with { IsLast = true });
        Assert.Equal(1, Spreads(second));
        Assert.Equal(400, second.Second.Timings[Timing.FanoutSpread].GetValueAtPercentile(100));
    }

    [Fact]
    public void Nor_when_the_rest_of_the_run_was_given_up()
    {
        var ledger = new WindowLedger(Run, [A, B]);
        ledger.Add(Window(A, 0, new FanoutSpan(1, At, At + 300, 2)));
        Assert.Null(ledger.CloseNext());
        ledger.GiveUp();
        Assert.Equal(1, Spreads(ledger.CloseNext()!));
    }

    [Fact]
    public void A_window_that_is_reported_twice_adds_no_receivers()
    {
        var ledger = new WindowLedger(Run, [A, B]);
        var window = Window(A, 0, new FanoutSpan(1, At, At + 300, 1)) with { IsLast = true };
        ledger.Add(window);
        ledger.Add(window);
        ledger.Add(Window(B, 0) with { IsLast = true });
        Assert.Equal(0, Spreads(ledger.CloseNext()!));
    }

    [Fact]
    public void The_widest_clock_error_of_all_windows_stands_for_the_run()
    {
        var ledger = new WindowLedger(Run, [A, B]);
        Close(
            ledger,
            Window(A, 0) with { Clock = new ClockEstimate(250, 0.5, 1, 8), WorstClockErrorUs = 70 },
            Window(B, 0) with { Clock = new ClockEstimate(248, 2, 4, 8), WorstClockErrorUs = 900 });
        Close(ledger, Window(A, 1) with { Clock = new ClockEstimate(250, 1, 1, 8), WorstClockErrorUs = 20 }, Window(B, 1));
        Assert.Equal(new ClockEstimate(248, 2, 4, 8), ledger.Totals.Clock);
        Assert.Equal(900, ledger.Totals.WorstClockErrorUs);
    }

    private static StatsWindow Window(WorkerId worker, int number, params FanoutSpan[] fanout) =>
        Windows.Create(Run, worker, number) with { Fanout = fanout };

    private static RunSecond Close(WindowLedger ledger, params StatsWindow[] windows)
    {
        foreach (var window in windows)
        {
            ledger.Add(window);
        }

        return ledger.CloseNext()!;
    }

    private static long Spreads(RunSecond second) =>
        second.Second.Timings.TryGetValue(Timing.FanoutSpread, out var histogram) ? histogram.TotalCount : 0;
}
