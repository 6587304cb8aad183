using ActorLoad.Messages.Stats;
using HdrHistogram;

namespace ActorLoad.Host.Reports.Folders;

/// <summary>A timing within one second, in milliseconds. The whole distribution is in <c>histograms.hlog</c>.</summary>
public sealed record TimelineTiming(long Count, double P50, double P99, double Max)
{
    /// <param name="histogram">In microseconds, with at least one sample.</param>
    public static TimelineTiming From(HistogramBase histogram) => new(
        histogram.TotalCount,
        TimingMath.Percentile(histogram, 50),
        TimingMath.Percentile(histogram, 99),
        TimingMath.Max(histogram));
}
