using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Model;

/// <summary>A run as a node tells it over HTTP (docs/http-api.md); metrics by the names that they have everywhere.</summary>
public sealed record RunStatusJson
{
    public required string Run { get; init; }

    public required string Scenario { get; init; }

    public RunPhase Phase { get; init; }

    /// <summary>How many runs stand before it.</summary>
    public int Position { get; init; }

    public DateTimeOffset SubmittedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public double PlannedSeconds { get; init; }

    /// <summary>Up to the last closed second.</summary>
    public double ElapsedSeconds { get; init; }

    public int Workers { get; init; }

    /// <summary>Totals; empty before the first second.</summary>
    public IReadOnlyDictionary<string, long> Counters { get; init; } = new Dictionary<string, long>();

    /// <summary>Levels of the last closed second; empty before it.</summary>
    public IReadOnlyDictionary<string, long> Gauges { get; init; } = new Dictionary<string, long>();

    /// <summary>Of all closed seconds.</summary>
    public IReadOnlyDictionary<string, TimingStatusJson> Timings { get; init; } = new Dictionary<string, TimingStatusJson>();

    /// <summary>What it waits for, or what last happened to it.</summary>
    public string? Note { get; init; }

    public string Coordinator { get; init; } = "";

    /// <summary>On the coordinator's node.</summary>
    public string? Folder { get; init; }

    /// <summary>As <c>run.status</c> of the summary, once it has ended.</summary>
    public string? Status { get; init; }

    public int? ExitCode { get; init; }

    public static RunStatusJson From(RunStatus status) => new()
    {
        Run = status.Run.Value,
        Scenario = status.Scenario,
        Phase = status.Phase,
        Position = status.Position,
        SubmittedAt = status.SubmittedAt,
        StartedAt = status.StartedAt,
        PlannedSeconds = Seconds(status.Planned),
        ElapsedSeconds = Seconds(status.Elapsed),
        Workers = status.Workers,
        Counters = Named(MetricNames.Counters, status.Counters),
        Gauges = Named(MetricNames.Gauges, status.Gauges),
        Timings = status.Timings.ToDictionary(t => t.Timing.Name(), TimingStatusJson.From),
        Note = status.Note,
        Coordinator = status.Coordinator,
        Folder = status.Folder,
        Status = status.Status,
        ExitCode = status.ExitCode,
    };

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3);

    private static Dictionary<string, long> Named(IReadOnlyList<string> names, long[] values) =>
        names.Zip(values).ToDictionary(p => p.First, p => p.Second);
}
