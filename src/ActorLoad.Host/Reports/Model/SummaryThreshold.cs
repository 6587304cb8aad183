using System.Text.Json;
using System.Text.Json.Serialization;
using ActorLoad.Host.Reports.Verdicts;

namespace ActorLoad.Host.Reports.Model;

/// <summary>One demand of the scenario and what became of it.</summary>
public sealed record SummaryThreshold
{
    public required string Metric { get; init; }

    /// <summary>For example "users.reader.tasks.read"; absent when the threshold is on the whole run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Scope { get; init; }

    public required string Expression { get; init; }

    /// <summary>Milliseconds for timings, a fraction for rates; null when there was nothing to measure.</summary>
    public required double? Value { get; init; }

    public required bool Passed { get; init; }

    /// <summary>Why there is no value; absent when there is one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    /// <summary>True when it ended the run; then the value is that of this moment. Absent otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Aborted { get; init; }

    /// <summary>Scope and metric, as the scenario writes them.</summary>
    [JsonIgnore]
    public string Name => string.IsNullOrEmpty(Scope) ? Metric : $"{Scope}.{Metric}";

    /// <summary>The measured value in the unit of the expression, or why there is none.</summary>
    [JsonIgnore]
    public string Shown => (Value is { } value ? ThresholdText.Value(Metric, Expression, value) : Note ?? "-")
        + (Aborted ? ", ended the run" : "");

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
