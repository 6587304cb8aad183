using ActorLoad.Messages.Identifiers;

namespace ActorLoad.Messages.Stats;

/// <summary>
/// One second of one worker's measurements. (Run, Worker, Number) identifies it: merging it twice changes nothing.
/// </summary>
/// <param name="Number">Counts from 0 without holes per run and worker.</param>
/// <param name="StartUnixMs">When it began, on the coordinator's clock.</param>
/// <param name="LengthMs">How long it lasted; about 1000, the last one may be shorter.</param>
/// <param name="Gauges">Level at the end, indexed by <see cref="Gauge"/>.</param>
/// <param name="GaugesMax">Highest level within, indexed by <see cref="Gauge"/>.</param>
/// <param name="Events">Events by name, only those that occurred.</param>
public sealed record StatsWindow(
    RunId Run,
    WorkerId Worker,
    int Number,
    long StartUnixMs,
    int LengthMs,
    long[] Gauges,
    long[] GaugesMax,
    UserTypeStats[] UserTypes,
    NamedCount[] Events,
    FailureCount[] Failures)
{
    /// <summary>A few examples of what integrity counted, not all.</summary>
    public IntegritySample[] Samples { get; init; } = [];

    /// <summary>Only storms that moved in this window.</summary>
    public StormStats[] Storms { get; init; } = [];

    /// <summary>A sample of the events that nobody is expected to receive any more.</summary>
    public FanoutSpan[] Fanout { get; init; } = [];

    /// <summary>Null when the worker did not watch itself.</summary>
    public GeneratorHealth? Health { get; init; }

    /// <summary>Null when latencies are on the worker's own clock.</summary>
    public ClockEstimate? Clock { get; init; }

    /// <summary>By how many microseconds the worst event of <see cref="Counter.ClockErrors"/> seems to have arrived before it was sent; 0 = none did.</summary>
    public long WorstClockErrorUs { get; init; }

    /// <summary>The worker has no window after this one.</summary>
    public bool IsLast { get; init; }
}
