using System.Globalization;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Verdicts;

/// <summary>Holds a threshold against the numbers of a run. Nothing measured never passes: silence is no proof.</summary>
public static class ThresholdEvaluator
{
    private static readonly string[] TimingAggregates = ["count", "per_second", "min", "mean", "max"];

    /// <summary>They are 0 also when no event had a number to judge by: a threshold on them must not hold by that.</summary>
    private static readonly Counter[] BySequence = [Counter.EventsMissed, Counter.EventsDuplicated, Counter.EventsReordered];

    /// <param name="duration">What <c>per_second</c> divides by: the run so far.</param>
    public static ThresholdResult Evaluate(Threshold threshold, StatsTotals totals, TimeSpan duration)
    {
        if (Problem(threshold.Metric, threshold.Aggregate) is { } problem)
        {
            return new ThresholdResult(threshold, null, false, problem);
        }

        var numbers = new ScopedNumbers(threshold, totals);
        var (value, note) = MetricNames.TryParse(threshold.Metric, out Timing timing)
            ? OfTiming(threshold.Aggregate, timing, numbers, duration)
            : OfCounter(threshold.Aggregate, threshold.Metric, numbers, duration);
        return new ThresholdResult(threshold, value, value is { } v && Holds(v, threshold.Operator, threshold.Value), note);
    }

    /// <summary>Null when the metric exists and has this aggregate, else a sentence that says what is possible.</summary>
    public static string? Problem(string metric, string aggregate)
    {
        if (MetricNames.TryParse(metric, out Timing _))
        {
            return TimingAggregates.Contains(aggregate) || TryPercentile(aggregate, out _)
                ? null
                : $"'{aggregate}' is no aggregate of the timing {metric}: use {string.Join(", ", TimingAggregates)} or a percentile such as p99 or p99.9";
        }

        if (!MetricNames.TryParse(metric, out Counter counter))
        {
            return $"'{metric}' is neither a counter nor a timing";
        }

        return aggregate switch
        {
            "count" or "per_second" => null,
            "rate" when RateBase.Of(counter).Count > 0 => null,
            "rate" => $"{metric} is a share of nothing: use count or per_second",
            _ => $"'{aggregate}' is no aggregate of the counter {metric}: use count, rate or per_second",
        };
    }

    public static bool Holds(double value, string comparison, double limit) => comparison switch
    {
        "<" => value < limit,
        "<=" => value <= limit,
        ">" => value > limit,
        ">=" => value >= limit,
        "==" => value == limit,
        "!=" => value != limit,
        _ => throw new ArgumentException($"'{comparison}' is none of <, <=, >, >=, ==, !=", nameof(comparison)),
    };

    private static (double? Value, string? Note) OfTiming(string aggregate, Timing timing, ScopedNumbers numbers, TimeSpan duration)
    {
        var histogram = numbers[timing];
        var count = histogram?.TotalCount ?? 0;
        if (aggregate == "count")
        {
            return (count, null);
        }

        if (aggregate == "per_second")
        {
            return PerSecond(count, duration);
        }

        if (histogram is null || count == 0)
        {
            return (null, "no samples");
        }

        return aggregate switch
        {
            "min" => (TimingMath.Min(histogram), null),
            "mean" => (TimingMath.Mean(histogram), null),
            "max" => (TimingMath.Max(histogram), null),
            _ when TryPercentile(aggregate, out var percentile) => (TimingMath.Percentile(histogram, percentile), null),
            _ => throw new ArgumentException($"'{aggregate}' is no aggregate of a timing", nameof(aggregate)),
        };
    }

    private static (double? Value, string? Note) OfCounter(string aggregate, string metric, ScopedNumbers numbers, TimeSpan duration)
    {
        MetricNames.TryParse(metric, out Counter counter);
        if (BySequence.Contains(counter) && numbers[Counter.EventsSequenced] == 0)
        {
            return (null, "no samples: events_sequenced is 0");
        }

        switch (aggregate)
        {
            case "count":
                return (numbers[counter], null);
            case "per_second":
                return PerSecond(numbers[counter], duration);
            default:
                var parts = RateBase.Of(counter);
                var total = parts.Sum(c => (double)numbers[c]);
                return total > 0
                    ? (numbers[counter] / total, null)
                    : (null, $"no samples: {string.Join(" + ", parts.Select(c => c.Name()))} is 0");
        }
    }

    private static (double? Value, string? Note) PerSecond(long count, TimeSpan duration) =>
        duration > TimeSpan.Zero ? (count / duration.TotalSeconds, null) : (null, "the run took no time");

    private static bool TryPercentile(string aggregate, out double percentile)
    {
        percentile = 0;
        return aggregate.StartsWith('p')
            && double.TryParse(aggregate.AsSpan(1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out percentile)
            && percentile is >= 0 and <= 100;
    }
}
