using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorLoad.Host.Reports.Model;

/// <summary>One demand of the scenario and what became of it.</summary>
public sealed record SummaryThreshold
{
    public required string Metric { get; init; }

    public required string Expression { get; init; }

    /// <summary>Milliseconds for timings, a fraction for rates; null when there was nothing to measure.</summary>
    public required double? Value { get; init; }

    public required bool Passed { get; init; }

    /// <summary>Why there is no value; absent when there is one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
