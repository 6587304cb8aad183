using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorLoad.Host.Reports.Model;

/// <summary>How one task of a user type went.</summary>
public sealed record SummaryTask
{
    public long Passed { get; init; }

    public long Failed { get; init; }

    public long Interrupted { get; init; }

    public IReadOnlyDictionary<string, SummaryTiming> Timings { get; init; } = new Dictionary<string, SummaryTiming>();

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
