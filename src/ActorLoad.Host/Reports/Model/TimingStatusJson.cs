using ActorLoad.Messages.Cluster;

namespace ActorLoad.Host.Reports.Model;

/// <summary>A timing of a run that may still be on, in milliseconds.</summary>
public sealed record TimingStatusJson
{
    public string Unit { get; init; } = "ms";

    public long Count { get; init; }

    public double P50 { get; init; }

    public double P99 { get; init; }

    public double Max { get; init; }

    public static TimingStatusJson From(TimingStatus timing) => new()
    {
        Count = timing.Count,
        P50 = timing.P50 / 1000.0,
        P99 = timing.P99 / 1000.0,
        Max = timing.Max / 1000.0,
    };
}
