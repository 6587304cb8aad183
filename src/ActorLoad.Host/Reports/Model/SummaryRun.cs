using System.Text.Json;
using System.Text.Json.Serialization;
using ActorLoad.Host.Reports.Verdicts;

namespace ActorLoad.Host.Reports.Model;

/// <summary>The head of a summary: which run, how it ended, whether its numbers can be trusted.</summary>
public sealed record SummaryRun
{
    public required string Id { get; init; }

    public required string Scenario { get; init; }

    public required RunStatus Status { get; init; }

    /// <summary>0, 1, 99 or 130; what the process returned.</summary>
    public required int ExitCode { get; init; }

    /// <summary>One sentence that says why the status is what it is.</summary>
    public string Reason { get; init; } = "";

    public required DateTimeOffset StartedAt { get; init; }

    public required double DurationSeconds { get; init; }

    public bool Trusted { get; init; } = true;

    public IReadOnlyList<string> UntrustedReasons { get; init; } = [];

    public IReadOnlyList<string> Nodes { get; init; } = [];

    /// <summary>Whose clock the latencies are on; null in summaries of runs that were killed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SummaryClock? Clock { get; init; }

    /// <summary>What happened to workers and coordinator while the run was on, in the order of time; absent when nothing did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SummaryMark>? Marks { get; init; }

    /// <summary>By node, how far the workers' clocks were off; absent when there was one process.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, SummaryWorkerClock>? WorkerClocks { get; init; }

    /// <summary>True when the run was killed and this was put together from its timeline; absent otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Rebuilt { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
