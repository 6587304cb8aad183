using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Messages.Cluster;

/// <summary>What can be said of a run at any moment without its histograms.</summary>
/// <param name="Position">How many runs stand before it in the queue; 0 = it is next or on.</param>
/// <param name="Planned">How long the plan lasts.</param>
/// <param name="Elapsed">Up to the last closed second.</param>
/// <param name="Workers">How many take part.</param>
/// <param name="Counters">Totals, indexed by <see cref="Counter"/>; empty before the first second.</param>
/// <param name="Gauges">Levels of the last closed second, indexed by <see cref="Gauge"/>; empty before it.</param>
/// <param name="Timings">Of all closed seconds.</param>
public sealed record RunStatus(
    RunId Run,
    string Scenario,
    RunPhase Phase,
    int Position,
    DateTimeOffset SubmittedAt,
    DateTimeOffset? StartedAt,
    TimeSpan Planned,
    TimeSpan Elapsed,
    int Workers,
    long[] Counters,
    long[] Gauges,
    TimingStatus[] Timings)
{
    /// <summary>What it waits for, or what last happened to it (a lost worker); null = nothing worth a word.</summary>
    public string? Note { get; init; }

    /// <summary>The node that coordinates it.</summary>
    public string Coordinator { get; init; } = "";

    /// <summary>Where its report is on that node; null while there is none.</summary>
    public string? Folder { get; init; }

    /// <summary>The summary's <c>run.status</c>, once it has ended.</summary>
    public string? Status { get; init; }

    /// <summary>The exit code that the run gives, once it has ended.</summary>
    public int? ExitCode { get; init; }
}
