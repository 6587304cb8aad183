using ActorLoad.Host.Reports.Wording;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Verdicts;

/// <summary>The measured value of a threshold, in the unit its expression speaks.</summary>
public static class ThresholdText
{
    public static string Value(string metric, string expression, double value)
    {
        var aggregate = expression.TrimStart();
        if (aggregate.StartsWith("rate", StringComparison.Ordinal))
        {
            return Humanize.Percent(value);
        }

        // A limit in bytes gets a value in bytes.
        if (metric == Counter.Bytes.Name() && expression.Contains('B', StringComparison.Ordinal))
        {
            return Humanize.Bytes((long)value) + (aggregate.StartsWith("count", StringComparison.Ordinal) ? "" : "/s");
        }

        if (aggregate.StartsWith("count", StringComparison.Ordinal))
        {
            return Humanize.Count((long)value);
        }

        return MetricNames.TryParse(metric, out Timing _) && !aggregate.StartsWith("per_second", StringComparison.Ordinal)
            ? Humanize.Exactly(value)
            : Humanize.Rate(value);
    }
}
