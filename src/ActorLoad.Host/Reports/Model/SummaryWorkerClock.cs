using ActorLoad.Host.Reports.Wording;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Model;

/// <summary>How far the coordinator's clock was ahead of a worker's; the worker's times were corrected by it. Milliseconds, at most 3 decimals.</summary>
/// <param name="ErrorMs">The true offset lies within plus and minus this.</param>
/// <param name="RoundTripMs">Of the question that was answered fastest.</param>
public sealed record SummaryWorkerClock(double OffsetMs, double ErrorMs, double RoundTripMs)
{
    /// <returns>Null when there are none.</returns>
    public static IReadOnlyDictionary<string, SummaryWorkerClock>? Of(IReadOnlyDictionary<string, ClockEstimate> clocks) => clocks.Count == 0
        ? null
        : clocks.OrderBy(c => c.Key, StringComparer.Ordinal)
            .GroupBy(c => SafeText.Clean(c.Key, SafeText.MaxEventName), c => From(c.Value))
            .ToDictionary(g => g.Key, g => g.MaxBy(c => c.ErrorMs)!);

    public static SummaryWorkerClock From(ClockEstimate estimate) => new(
        Math.Round(estimate.OffsetMs, 3), Math.Ceiling(estimate.ErrorMs * 1000) / 1000, Math.Round(estimate.RoundTripMs, 3));
}
