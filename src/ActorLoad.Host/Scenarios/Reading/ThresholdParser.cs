using System.Text.RegularExpressions;
using ActorLoad.Host.Reports.Verdicts;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>Reads "p99 &lt; 250ms": an aggregate, a comparison and a value whose unit fits the metric.</summary>
internal static partial class ThresholdParser
{
    /// <summary>Null when the name is a metric that thresholds can judge; else what is wrong with it.</summary>
    public static string? ProblemWith(string metric)
    {
        if (MetricNames.Counters.Contains(metric) || MetricNames.Timings.Contains(metric))
        {
            return null;
        }

        if (MetricNames.Gauges.Contains(metric))
        {
            return $"'{metric}' is a gauge; thresholds judge counters and timings";
        }

        var near = NearestName.Find(metric, MetricNames.Counters.Concat(MetricNames.Timings));
        return $"unknown metric '{metric}'" + (near is null ? "; docs/measurement.md lists them" : $"; did you mean '{near}'?");
    }

    /// <param name="metric">A name without problems.</param>
    /// <returns>Either the threshold or what was expected instead.</returns>
    public static (Threshold? Threshold, string? Problem) Parse(string metric, string expression)
    {
        var timing = MetricNames.Timings.Contains(metric);
        var example = timing ? "\"p99 < 250ms\"" : "\"count == 0\" or \"rate < 1%\"";
        var match = Shape().Match(expression);
        if (!match.Success)
        {
            return (null, $"expected a threshold such as {example}, found '{expression}'");
        }

        var aggregate = match.Groups["aggregate"].Value;
        if (ThresholdEvaluator.Problem(metric, aggregate) is { } problem)
        {
            return (null, problem);
        }

        var plain = aggregate is "count" or "per_second";
        var text = match.Groups["value"].Value;
        var value = plain ? ValueKinds.ParseNumber(text) : timing ? Milliseconds(text) : Fraction(text);
        if (value is not { } number)
        {
            var expected = plain ? "a number" : timing ? "a duration such as 250ms" : "a share such as 1% or 0.01, at most 100%";
            return (null, $"expected {expected} after '{aggregate} {match.Groups["op"].Value}', found '{text}'");
        }

        return (new Threshold(metric, expression, aggregate, match.Groups["op"].Value, number), null);
    }

    private static double? Milliseconds(string text) =>
        ValueKinds.ParseNumber(text) is { } number ? number : ValueKinds.ParseDuration(text)?.TotalMilliseconds;

    private static double? Fraction(string text)
    {
        var percent = text.EndsWith('%');
        var number = ValueKinds.ParseNumber(percent ? text[..^1].TrimEnd() : text) / (percent ? 100 : 1);
        return number is >= 0 and <= 1 ? number : null;
    }

    [GeneratedRegex(@"^\s*(?<aggregate>[A-Za-z_][A-Za-z0-9_.]*)\s*(?<op><=|>=|==|!=|<|>)\s*(?<value>-?[0-9][^\s]*(\s*[a-z%]+)?)\s*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
