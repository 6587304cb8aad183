using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Model;

/// <summary>How far the coordinator's clock was ahead of a worker's; the worker's times were corrected by it. Milliseconds, at most 3 decimals.</summary>
/// <param name="ErrorMs">The true offset lies within plus and minus this.</param>
/// <param name="RoundTripMs">Of the question that was answered fastest.</param>
public sealed record SummaryWorkerClock(double OffsetMs, double ErrorMs, double RoundTripMs)
{
    public static SummaryWorkerClock From(ClockEstimate estimate) => new(
        Math.Round(estimate.OffsetMs, 3), Math.Ceiling(estimate.ErrorMs * 1000) / 1000, Math.Round(estimate.RoundTripMs, 3));
}
