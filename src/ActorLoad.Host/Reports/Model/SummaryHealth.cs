using System.Text.Json;
using System.Text.Json.Serialization;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Model;

/// <summary>What a worker saw of itself: within one second in the timeline, at its worst in the summary.</summary>
public sealed record SummaryHealth
{
    /// <summary>By how many ms its own clock tick came late.</summary>
    public double LagMs { get; init; }

    /// <summary>Of all processors it may use, 0 to 1.</summary>
    public double CpuShare { get; init; }

    /// <summary>Of the time, 0 to 1.</summary>
    public double GcPauseShare { get; init; }

    /// <summary>Most work items that waited for a thread.</summary>
    public long QueueMax { get; init; }

    /// <summary>Fewest work items that waited for a thread.</summary>
    public long QueueMin { get; init; }

    /// <summary>Longest time in ms from bytes being ready to their being measured.</summary>
    public double ReadBacklogMs { get; init; }

    public long ArrivalsDropped { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }

    public static SummaryHealth From(GeneratorHealth health) => new()
    {
        LagMs = Math.Round(health.LagMsMax, 3),
        CpuShare = health.CpuShare,
        GcPauseShare = health.GcPauseShare,
        QueueMax = health.ThreadPoolQueueMax,
        QueueMin = health.ThreadPoolQueueMin,
        ReadBacklogMs = Math.Round(health.ReadBacklogMsMax, 3),
        ArrivalsDropped = health.ArrivalsDropped,
    };

    public GeneratorHealth ToHealth() =>
        new(LagMs, CpuShare, GcPauseShare, QueueMax, QueueMin, ReadBacklogMs, ArrivalsDropped);
}
