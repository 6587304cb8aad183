using ActorLoad.Actors.Verdicts;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using CsCheck;

namespace ActorLoad.Host.Tests.Reports;

public class ThresholdEvaluatorTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static ThresholdResult Evaluate(StatsTotals totals, string metric, string aggregate, string comparison, double value) =>
        ThresholdEvaluator.Evaluate(new Threshold(metric, $"{aggregate} {comparison} {value}", aggregate, comparison, value), totals, Minute);

    [Theory]
    [InlineData("count", 10)]
    [InlineData("per_second", 10 / 60.0)]
    [InlineData("min", 1)]
    [InlineData("mean", 1.1)]
    [InlineData("max", 2)]
    [InlineData("p50", 1)]
    [InlineData("p90", 1)]
    [InlineData("p99", 2)]
    [InlineData("p99.9", 2)]
    [InlineData("p100", 2)]
    public void Each_aggregate_of_a_timing_is_in_milliseconds(string aggregate, double expected)
    {
        var totals = new WindowBuilder(0).Time(Timing.ConnectTime, Enumerable.Repeat(1000L, 9).Append(2000)).Totals();
        Assert.Equal(expected, Evaluate(totals, "connect_time", aggregate, ">=", 0).Value!.Value, 9);
    }

    [Theory]
    [InlineData("count", 30)]
    [InlineData("per_second", 0.5)]
    [InlineData("rate", 0.25)]
    public void Each_aggregate_of_a_counter(string aggregate, double expected)
    {
        var totals = new WindowBuilder(0).Count(Counter.TasksFailed, 30).Count(Counter.TasksPassed, 90).Totals();
        Assert.Equal(expected, Evaluate(totals, "tasks_failed", aggregate, ">=", 0).Value);
    }

    [Theory]
    [InlineData("<", 10, false)]
    [InlineData("<", 10.5, true)]
    [InlineData("<=", 10, true)]
    [InlineData("<=", 9, false)]
    [InlineData(">", 10, false)]
    [InlineData(">", 9, true)]
    [InlineData(">=", 10, true)]
    [InlineData(">=", 11, false)]
    [InlineData("==", 10, true)]
    [InlineData("==", 11, false)]
    [InlineData("!=", 10, false)]
    [InlineData("!=", 11, true)]
    public void Each_comparison_at_and_beside_its_limit(string comparison, double limit, bool holds)
    {
        var totals = new WindowBuilder(0).Count(Counter.Events, 10).Totals();
        Assert.Equal(holds, Evaluate(totals, "events", "count", comparison, limit).Passed);
    }

    [Theory]
    [InlineData("p99", "<")]
    [InlineData("min", ">=")]
    [InlineData("mean", "!=")]
    public void A_timing_without_samples_never_passes(string aggregate, string comparison)
    {
        var result = Evaluate(new StatsTotals(), "delivery_latency", aggregate, comparison, 1);
        Assert.Equal((null, false, "no samples"), (result.Value, result.Passed, result.Note));
    }

    [Fact]
    public void The_number_of_samples_may_well_be_zero() =>
        Assert.True(Evaluate(new StatsTotals(), "delivery_latency", "count", "==", 0).Passed);

    [Fact]
    public void A_rate_of_nothing_never_passes_and_says_of_what()
    {
        var result = Evaluate(new StatsTotals(), "tasks_failed", "rate", "<", 0.01);
        Assert.Equal((null, false, "no samples: tasks_passed + tasks_failed is 0"), (result.Value, result.Passed, result.Note));
    }

    [Fact]
    public void A_rate_per_second_of_a_run_without_length_never_passes()
    {
        var threshold = new Threshold("events", "per_second < 5", "per_second", "<", 5);
        Assert.False(ThresholdEvaluator.Evaluate(threshold, new StatsTotals(), TimeSpan.Zero).Passed);
    }

    [Theory]
    [InlineData("nonsense", "count")]
    [InlineData("events", "p99")]
    [InlineData("events", "rate")]
    [InlineData("tasks_failed", "mean")]
    [InlineData("connect_time", "rate")]
    [InlineData("connect_time", "p")]
    [InlineData("connect_time", "p101")]
    [InlineData("connect_time", "p-1")]
    public void What_has_no_such_aggregate_is_told_and_never_passes(string metric, string aggregate)
    {
        Assert.NotNull(ThresholdEvaluator.Problem(metric, aggregate));
        var result = Evaluate(new StatsTotals(), metric, aggregate, "!=", 7);
        Assert.False(result.Passed);
        Assert.Equal(ThresholdEvaluator.Problem(metric, aggregate), result.Note);
    }

    [Theory]
    [InlineData(null, null, "count", 30, 0.2)]
    [InlineData("reader", null, "count", 10, 0.1)]
    [InlineData("writer", null, "count", 20, 0.4)]
    [InlineData(null, "read", "count", 12, 0.1714)]
    [InlineData("reader", "read", "count", 2, 0.04)]
    [InlineData("writer", "read", "count", 10, 0.5)]
    [InlineData("nobody", null, "count", 0, null)]
    [InlineData("reader", "nothing", "count", 0, null)]
    public void A_scope_has_its_own_counts_and_its_own_totals(string? type, string? task, string aggregate, double count, double? rate)
    {
        var threshold = new Threshold("tasks_failed", "", aggregate, ">=", 0) { UserType = type, Task = task };
        Assert.Equal(count, ThresholdEvaluator.Evaluate(threshold, Scoped(), Minute).Value);
        var share = ThresholdEvaluator.Evaluate(threshold with { Aggregate = "rate" }, Scoped(), Minute);
        Assert.Equal(rate, share.Value is { } value ? Math.Round(value, 4) : null);
        Assert.Equal(rate is not null, share.Passed);
    }

    [Theory]
    [InlineData(null, null, 0.1, 2.0)]
    [InlineData("reader", null, 0.1, 1.0)]
    [InlineData(null, "read", 1.0, 2.0)]
    [InlineData("reader", "read", 1.0, 1.0)]
    [InlineData("writer", "read", 2.0, 2.0)]
    [InlineData("writer", "post", null, null)]
    public void A_scope_has_its_own_times(string? type, string? task, double? min, double? max)
    {
        var threshold = new Threshold("task_time", "", "min", ">=", 0) { UserType = type, Task = task };
        Assert.Equal(
            (min, max),
            (ThresholdEvaluator.Evaluate(threshold, Scoped(), Minute).Value, ThresholdEvaluator.Evaluate(threshold with { Aggregate = "max" }, Scoped(), Minute).Value));
    }

    private static StatsTotals Scoped() => new WindowBuilder(0)
        .Task("reader", "read", 48, 2, 0, Enumerable.Repeat(1000L, 50))
        .Task("reader", "look", 42, 8, 0, Enumerable.Repeat(100L, 50))
        .Task("writer", "read", 10, 10, 0, Enumerable.Repeat(2000L, 20))
        .Task("writer", "post", 20, 10)
        .Totals();

    private static readonly Counter[] BySequence = [Counter.EventsMissed, Counter.EventsDuplicated, Counter.EventsReordered];

    [Fact]
    public void What_is_judged_by_numbers_holds_only_where_events_had_numbers()
    {
        foreach (var counter in BySequence)
        {
            foreach (var aggregate in (string[])["count", "per_second"])
            {
                var result = Evaluate(new WindowBuilder(0).Count(Counter.Events, 5).Totals(), counter.Name(), aggregate, "==", 0);
                Assert.Equal((false, null, "no samples: events_sequenced is 0"), (result.Passed, result.Value, result.Note));
                var numbered = new WindowBuilder(0).Count(Counter.EventsSequenced, 5);
                Assert.True(Evaluate(numbered.Totals(), counter.Name(), aggregate, "==", 0).Passed);
                Assert.False(Evaluate(numbered.Count(counter, 1).Totals(), counter.Name(), aggregate, "==", 0).Passed);
            }
        }
    }

    [Fact]
    public void Every_rate_is_a_share_between_nothing_and_all_of_its_base()
    {
        foreach (var counter in Enum.GetValues<Counter>().Where(c => RateBase.Of(c).Count > 0))
        {
            var window = new WindowBuilder(0);
            foreach (var part in RateBase.Of(counter).Where(c => c != counter))
            {
                window.Count(part, 30);
            }

            var expected = RateBase.Of(counter).Contains(counter) ? 10.0 / (10 + (30 * (RateBase.Of(counter).Count - 1))) : 10.0 / 30;
            Assert.Equal(expected, Evaluate(window.Count(counter, 10).Totals(), counter.Name(), "rate", ">", 0).Value!.Value, 9);
        }
    }

    [Fact]
    public void A_percentile_is_the_sample_of_that_rank_within_the_width_of_a_bucket() =>
        Gen.Select(Gen.Long[1, 5_000_000].Array[1, 200], Gen.Int[1, 100]).Sample((samples, percent) =>
        {
            var totals = new WindowBuilder(0).Time(Timing.EventGap, samples).Totals();
            var value = Microseconds(totals, "p" + percent);
            Array.Sort(samples);
            var rank = Math.Max(1, (int)((percent / 100.0 * samples.Length) + 0.5));
            return value >= samples[rank - 1] && value <= (samples[rank - 1] * 1.001);
        });

    [Fact]
    public void Lowest_mean_and_highest_value_enclose_each_other_and_the_samples() =>
        Gen.Long[1, 5_000_000].Array[1, 100].Sample(samples =>
        {
            var totals = new WindowBuilder(0).Time(Timing.EventGap, samples).Totals();
            var (min, mean, max) = (Microseconds(totals, "min"), Microseconds(totals, "mean"), Microseconds(totals, "max"));
            return min <= samples.Min() && max >= samples.Max() && min <= mean && mean <= max
                && Math.Abs(mean - samples.Average()) <= samples.Average() * 0.001;
        });

    // Rounded, since a thousandth of a number times a thousand need not be that number.
    private static double Microseconds(StatsTotals totals, string aggregate) =>
        Math.Round(Evaluate(totals, "event_gap", aggregate, ">", 0).Value!.Value * 1000, 6);
}
