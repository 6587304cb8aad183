using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Verdicts;

/// <summary>
/// Holds the thresholds with abort-on-fail against the totals each time a second closes. Not before a threshold's delay, not
/// while there is nothing to judge, and not at the plan's end, where the run stops anyway. Plain logic.
/// </summary>
/// <param name="planned">How long the plan is.</param>
public sealed class AbortWatch(IEnumerable<Threshold> thresholds, TimeSpan planned)
{
    private readonly Threshold[] _thresholds = [.. thresholds.Where(t => t.AbortOnFail)];

    /// <param name="totals">Everything measured up to <paramref name="elapsed"/>.</param>
    /// <returns>The first threshold, in the order of the scenario, that ends the run now; else null.</returns>
    public ThresholdAbort? Check(StatsTotals totals, TimeSpan elapsed)
    {
        if (elapsed >= planned)
        {
            return null;
        }

        foreach (var threshold in _thresholds)
        {
            if (elapsed >= threshold.AbortDelay
                && ThresholdEvaluator.Evaluate(threshold, totals, elapsed) is { Passed: false, Value: { } value })
            {
                return new ThresholdAbort(threshold, value, elapsed);
            }
        }

        return null;
    }
}
