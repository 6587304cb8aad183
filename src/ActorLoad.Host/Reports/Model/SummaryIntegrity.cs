using System.Text.Json;
using System.Text.Json.Serialization;
using ActorLoad.Host.Reports.Wording;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Model;

/// <summary>Examples of what sequences told; how many there were stands in the counters, of the run and of each stream.</summary>
public sealed record SummaryIntegrity
{
    /// <summary>At most 20 of each kind, the earliest first.</summary>
    public IReadOnlyList<SummarySample> Samples { get; init; } = [];

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }

    public static SummaryIntegrity From(IEnumerable<IntegritySample> samples) => new()
    {
        Samples =
        [
            .. samples.OrderBy(s => s.Kind).ThenBy(s => s.AtUnixMs).Select(s => new SummarySample
            {
                Kind = s.Kind,
                UserType = s.UserType,
                User = s.UserId,
                Stream = s.Stream,
                Key = s.Key.Length == 0 ? null : SafeText.Clean(s.Key, SafeText.MaxSample),
                Number = s.Sequence,
                At = DateTimeOffset.FromUnixTimeMilliseconds(s.AtUnixMs),
            }),
        ],
    };
}
