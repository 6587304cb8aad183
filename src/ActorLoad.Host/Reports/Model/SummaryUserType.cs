using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorLoad.Host.Reports.Model;

/// <summary>What the users of one type did.</summary>
public sealed record SummaryUserType
{
    public IReadOnlyDictionary<string, long> Counters { get; init; } = new Dictionary<string, long>();

    public IReadOnlyDictionary<string, SummaryTiming> Timings { get; init; } = new Dictionary<string, SummaryTiming>();

    /// <summary>Counters by stream name; only those above zero.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> Streams { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, long>>();

    public IReadOnlyDictionary<string, SummaryTask> Tasks { get; init; } = new Dictionary<string, SummaryTask>();

    /// <summary>Null when no stream with a done marker completed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SummaryFiniteStreams? FiniteStreams { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
