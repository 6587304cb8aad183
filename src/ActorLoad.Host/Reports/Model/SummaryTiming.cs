using System.Text.Json;
using System.Text.Json.Serialization;
using ActorLoad.Messages.Stats;
using HdrHistogram;

namespace ActorLoad.Host.Reports.Model;

/// <summary>One timing in milliseconds, at most 3 decimals (its resolution is a microsecond).</summary>
public sealed record SummaryTiming
{
    public string Unit { get; init; } = "ms";

    public long Count { get; init; }

    public double Min { get; init; }

    public double Mean { get; init; }

    public double P50 { get; init; }

    public double P90 { get; init; }

    public double P95 { get; init; }

    public double P99 { get; init; }

    public double P999 { get; init; }

    public double Max { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }

    /// <param name="histogram">In microseconds, with at least one sample.</param>
    public static SummaryTiming From(HistogramBase histogram) => new()
    {
        Count = histogram.TotalCount,
        Min = TimingMath.Min(histogram),
        Mean = Math.Round(TimingMath.Mean(histogram), 3),
        P50 = TimingMath.Percentile(histogram, 50),
        P90 = TimingMath.Percentile(histogram, 90),
        P95 = TimingMath.Percentile(histogram, 95),
        P99 = TimingMath.Percentile(histogram, 99),
        P999 = TimingMath.Percentile(histogram, 99.9),
        Max = TimingMath.Max(histogram),
    };
}
