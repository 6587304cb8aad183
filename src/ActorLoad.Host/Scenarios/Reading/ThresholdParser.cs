using System.Text.RegularExpressions;
using ActorLoad.Actors.Verdicts;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>Reads "p99 &lt; 250ms": an aggregate, a comparison and a value whose unit fits the metric.</summary>
internal static partial class ThresholdParser
{
    /// <summary>Null when the name is a metric that thresholds of this scope can judge; else what is wrong with it.</summary>
    public static string? ProblemWith(string metric, string? userType, string? task)
    {
        string[] all = [.. MetricNames.Counters, .. MetricNames.Timings];
        string[] kept = [.. all.Where(m => task is not null ? ScopedNumbers.IsKeptPerTask(m) : userType is null || ScopedNumbers.IsKeptPerUserType(m))];
        if (kept.Contains(metric))
        {
            return null;
        }

        if (MetricNames.Gauges.Contains(metric))
        {
            return $"'{metric}' is a gauge; thresholds judge counters and timings";
        }

        if (all.Contains(metric))
        {
            return task is not null
                ? $"'{metric}' is not measured by task; a task has {string.Join(", ", kept)}"
                : $"'{metric}' is not measured by user type; put it on the whole run";
        }

        var near = NearestName.Find(metric, [.. kept, "tasks", "users"]);
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

        var (comparison, text) = (match.Groups["op"].Value, match.Groups["value"].Value);
        var kind = ThresholdValues.Of(metric, aggregate);
        return kind.Parse(text) is { } value
            ? (new Threshold(metric, expression, aggregate, comparison, value), null)
            : (null, $"expected {kind.Expected} after '{aggregate} {comparison}', found '{text}'");
    }

    /// <summary>A number that begins at 0 and grows, and that 0 is no good value of: it cannot hold in the first second.</summary>
    public static bool IsWrongAtFirst(Threshold threshold) =>
        threshold.Aggregate is "count" or "per_second" && !ThresholdEvaluator.Holds(0, threshold.Operator, threshold.Value);

    [GeneratedRegex(@"^\s*(?<aggregate>[A-Za-z_][A-Za-z0-9_.]*)\s*(?<op><=|>=|==|!=|<|>)\s*(?<value>-?[0-9][^\s]*(\s*[A-Za-zµ%/]+)?)\s*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
