using System.Text.Json;
using System.Text.Json.Serialization;
using ActorLoad.Host.Reports.Model;

namespace ActorLoad.Host.Reports.Folders;

/// <summary>One line of <c>timeline.jsonl</c>: what happened within one second of the run, over all workers.</summary>
public sealed record TimelineLine
{
    /// <summary>Counts from 0 without holes.</summary>
    public required int Number { get; init; }

    /// <summary>Seconds from the start of the first second to the start of this one.</summary>
    public double T { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>How many seconds it covers: about 1, the last one may be shorter.</summary>
    public double Length { get; init; }

    public string Run { get; init; } = "";

    /// <summary>Levels at its end.</summary>
    public IReadOnlyDictionary<string, long> Gauges { get; init; } = new Dictionary<string, long>();

    /// <summary>Highest levels within it.</summary>
    public IReadOnlyDictionary<string, long> GaugesMax { get; init; } = new Dictionary<string, long>();

    /// <summary>Only those that moved.</summary>
    public IReadOnlyDictionary<string, long> Counters { get; init; } = new Dictionary<string, long>();

    public IReadOnlyDictionary<string, TimelineTiming> Timings { get; init; } = new Dictionary<string, TimelineTiming>();

    public IReadOnlyDictionary<string, long> Events { get; init; } = new Dictionary<string, long>();

    public IReadOnlyList<SummaryFailure> Failures { get; init; } = [];

    /// <summary>What each worker saw of itself, by worker.</summary>
    public IReadOnlyDictionary<string, SummaryHealth> Health { get; init; } = new Dictionary<string, SummaryHealth>();

    /// <summary>Only storms that moved; null = none did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TimelineStorm>? Storms { get; init; }

    /// <summary>What happened to workers and coordinator; null = nothing did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SummaryMark>? Marks { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
