using System.Text.Json;
using System.Text.Json.Serialization;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Model;

/// <summary>One event that was missed, duplicated or reordered.</summary>
public sealed record SummarySample
{
    public required IntegrityKind Kind { get; init; }

    public required string UserType { get; init; }

    public required long User { get; init; }

    public required string Stream { get; init; }

    /// <summary>Absent when the stream has one sequence only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    /// <summary>Of the event; the first one of a gap.</summary>
    public required long Number { get; init; }

    /// <summary>When it was noticed: for a missed event the arrival of a later one.</summary>
    public required DateTimeOffset At { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
