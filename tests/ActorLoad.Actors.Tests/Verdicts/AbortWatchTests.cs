using ActorLoad.Actors.Verdicts;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Tests.Verdicts;

public sealed class AbortWatchTests
{
    private static readonly TimeSpan Planned = TimeSpan.FromSeconds(60);
    private static readonly Threshold Failures = new("tasks_failed", "rate < 10%", "rate", "<", 0.1) { AbortOnFail = true };
    private static readonly Threshold Slow = new("time_to_first_event", "p99 < 100ms", "p99", "<", 100) { AbortOnFail = true };

    private static ThresholdAbort? Check(StatsTotals totals, double second, params Threshold[] thresholds) =>
        new AbortWatch(thresholds, Planned).Check(totals, TimeSpan.FromSeconds(second));

    private static StatsTotals Totals(long passed, long failed)
    {
        var totals = new StatsTotals();
        totals.Counters[(int)Counter.TasksPassed] = passed;
        totals.Counters[(int)Counter.TasksFailed] = failed;
        return totals;
    }

    [Fact]
    public void What_does_not_hold_ends_the_run_with_its_value_and_time() =>
        Assert.Equal(new ThresholdAbort(Failures, 0.25, TimeSpan.FromSeconds(7)), Check(Totals(3, 1), 7, Failures));

    [Fact]
    public void What_holds_does_not() => Assert.Null(Check(Totals(99, 1), 7, Failures));

    [Fact]
    public void What_was_not_measured_yet_does_not() => Assert.Null(Check(new StatsTotals(), 7, Failures, Slow));

    [Fact]
    public void Only_thresholds_that_ask_for_it_end_a_run() => Assert.Null(Check(Totals(3, 1), 7, Failures with { AbortOnFail = false }));

    [Fact]
    public void The_delay_is_waited_out()
    {
        var patient = Failures with { AbortDelay = TimeSpan.FromSeconds(10) };
        Assert.Null(Check(Totals(3, 1), 9.99, patient));
        Assert.Equal(patient, Check(Totals(3, 1), 10, patient)?.Threshold);
    }

    [Fact]
    public void At_the_plans_end_there_is_nothing_left_to_end()
    {
        Assert.NotNull(Check(Totals(3, 1), 59, Failures));
        Assert.Null(Check(Totals(3, 1), 60, Failures));
    }

    [Fact]
    public void Of_several_the_first_of_the_scenario_is_told()
    {
        var totals = Totals(3, 1);
        var histogram = HistogramCodec.Create();
        histogram.RecordValue(500_000);
        totals.Timings.Add(Timing.TimeToFirstEvent, histogram);
        Assert.Equal(Slow, Check(totals, 7, Slow, Failures)?.Threshold);
        Assert.Equal(Failures, Check(totals, 7, Failures, Slow)?.Threshold);
    }

    [Fact]
    public void A_scope_is_judged_by_its_own_numbers()
    {
        var totals = Totals(100, 5);
        var type = new UserTypeTotals();
        (type.Counters[(int)Counter.TasksPassed], type.Counters[(int)Counter.TasksFailed]) = (5, 5);
        totals.UserTypes.Add("writer", type);
        Assert.Null(Check(totals, 7, Failures));
        Assert.Null(Check(totals, 7, Failures with { UserType = "reader" }));
        Assert.Equal(0.5, Check(totals, 7, Failures with { UserType = "writer" })?.Value);
    }

    [Fact]
    public void Per_second_divides_by_the_run_so_far()
    {
        var busy = new Threshold("tasks_passed", "per_second >= 5", "per_second", ">=", 5) { AbortOnFail = true };
        Assert.Null(Check(Totals(50, 0), 10, busy));
        Assert.Equal(2.5, Check(Totals(50, 0), 20, busy)?.Value);
    }
}
