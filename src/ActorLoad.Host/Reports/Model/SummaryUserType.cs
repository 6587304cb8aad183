using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorLoad.Host.Reports.Model;

/// <summary>What the users of one type did.</summary>
public sealed record SummaryUserType
{
    public IReadOnlyDictionary<string, long> Counters { get; init; } = new Dictionary<string, long>();

    public IReadOnlyDictionary<string, SummaryTiming> Timings { get; init; } = new Dictionary<string, SummaryTiming>();

    public IReadOnlyDictionary<string, SummaryTask> Tasks { get; init; } = new Dictionary<string, SummaryTask>();

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
