using System.Text.Json;
using System.Text.Json.Serialization;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Model;

/// <summary>On whose clock delivery latency was measured, and how wrong that can be. Milliseconds, at most 3 decimals.</summary>
public sealed record SummaryClock
{
    /// <summary>"local" or "target".</summary>
    public string Source { get; init; } = "local";

    /// <summary>How far the target's clock was ahead of the worker's; absent with a local clock.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? OffsetMs { get; init; }

    /// <summary>The true offset lies within plus and minus this; absent with a local clock.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ErrorMs { get; init; }

    /// <summary>By how much the worst event seems to have arrived before it was sent; absent when none did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? WorstErrorMs { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }

    public static SummaryClock Of(StatsTotals totals) => new()
    {
        Source = totals.Clock is null ? "local" : "target",
        OffsetMs = totals.Clock is { } clock ? Math.Round(clock.OffsetMs, 3) : null,
        ErrorMs = totals.Clock is { } estimate ? Math.Ceiling(estimate.ErrorMs * 1000) / 1000 : null,
        WorstErrorMs = totals.WorstClockErrorUs > 0 ? totals.WorstClockErrorUs / 1000.0 : null,
    };
}
