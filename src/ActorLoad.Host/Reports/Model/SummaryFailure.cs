using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorLoad.Host.Reports.Model;

/// <summary>Failures of one kind, with the text of one of them.</summary>
public sealed record SummaryFailure
{
    /// <summary>connect, disconnect, task, request or user.</summary>
    public required string Where { get; init; }

    public required string Reason { get; init; }

    public required long Count { get; init; }

    public string Sample { get; init; } = "";

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
