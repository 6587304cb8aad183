using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorLoad.Host.Reports.Model;

/// <summary>
/// What <c>summary.json</c> holds and <c>--json</c> prints. Counters and highest levels have every name, also at 0; timings
/// only those that have samples. Fields that this version does not know are kept in <see cref="Extra"/>.
/// </summary>
public sealed record Summary
{
    public const int CurrentSchema = 1;

    public int Schema { get; init; } = CurrentSchema;

    public required SummaryRun Run { get; init; }

    public IReadOnlyDictionary<string, long> Counters { get; init; } = new Dictionary<string, long>();

    public IReadOnlyDictionary<string, long> GaugesMax { get; init; } = new Dictionary<string, long>();

    public IReadOnlyDictionary<string, SummaryTiming> Timings { get; init; } = new Dictionary<string, SummaryTiming>();

    public IReadOnlyDictionary<string, SummaryUserType> UserTypes { get; init; } = new Dictionary<string, SummaryUserType>();

    /// <summary>Events by name.</summary>
    public IReadOnlyDictionary<string, long> Events { get; init; } = new Dictionary<string, long>();

    /// <summary>The most frequent first.</summary>
    public IReadOnlyList<SummaryFailure> Failures { get; init; } = [];

    /// <summary>By worker, the worst that it saw of itself within a second.</summary>
    public IReadOnlyDictionary<string, SummaryHealth> Generator { get; init; } = new Dictionary<string, SummaryHealth>();

    /// <summary>Reconnect storms by their start.</summary>
    public IReadOnlyList<SummaryStorm> Storms { get; init; } = [];

    /// <summary>In the order of the scenario.</summary>
    public IReadOnlyList<SummaryThreshold> Thresholds { get; init; } = [];

    public SummaryIntegrity Integrity { get; init; } = new();

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
