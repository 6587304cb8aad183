using ActorLoad.Messages.Failures;
using HdrHistogram;

namespace ActorLoad.Messages.Stats;

/// <summary>
/// The sum of any number of windows: what a summary is made of, and what a merged second is. Not thread-safe. It does not
/// know which windows it has seen; the coordinator's ledger sees to it that each is added once.
/// </summary>
public sealed class StatsTotals
{
    /// <summary>As many integrity samples of each kind are kept.</summary>
    public const int MaxSamplesPerKind = 20;

    public long[] Counters { get; } = new long[MetricNames.Counters.Count];

    /// <summary>Levels of the windows added last, summed over workers by the caller through <see cref="AddGauges"/>.</summary>
    public long[] Gauges { get; } = new long[MetricNames.Gauges.Count];

    public long[] GaugesMax { get; } = new long[MetricNames.Gauges.Count];

    /// <summary>Merged over all user types, microseconds.</summary>
    public Dictionary<Timing, LongHistogram> Timings { get; } = [];

    public SortedDictionary<string, UserTypeTotals> UserTypes { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, long> Events { get; } = new(StringComparer.Ordinal);

    public Dictionary<(FailureWhere Where, FailureReason Reason), FailureCount> Failures { get; } = [];

    /// <summary>Of the windows added, the estimate with the widest error; null = all latencies are on the workers' own clocks.</summary>
    public ClockEstimate? Clock { get; private set; }

    /// <summary>By how many microseconds the worst event seems to have arrived before it was sent; 0 = none did.</summary>
    public long WorstClockErrorUs { get; private set; }

    /// <summary>By worker, the worst of each number over its windows; only workers that watched themselves.</summary>
    public SortedDictionary<string, GeneratorHealth> Health { get; } = new(StringComparer.Ordinal);

    /// <summary>In the order in which they were first heard of.</summary>
    public List<StormTotals> Storms { get; } = [];

    /// <summary>The first few of each kind, in the order in which they came.</summary>
    public List<IntegritySample> Samples { get; } = [];

    public long this[Counter counter] => Counters[(int)counter];

    /// <summary>Adds counters, timings, events, failures and storms of a window; levels go through <see cref="AddGauges"/>.</summary>
    public void Add(StatsWindow window)
    {
        foreach (var type in window.UserTypes)
        {
            if (!UserTypes.TryGetValue(type.UserType, out var totals))
            {
                UserTypes.Add(type.UserType, totals = new UserTypeTotals());
            }

            for (var i = 0; i < type.Counters.Length && i < Counters.Length; i++)
            {
                Counters[i] += type.Counters[i];
            }

            totals.Add(type, Timings);
        }

        foreach (var (name, count) in window.Events)
        {
            Events[name] = Events.GetValueOrDefault(name) + count;
        }

        foreach (var failure in window.Failures)
        {
            Add(failure);
        }

        if (window.Health is { } health)
        {
            Add(window.Worker.Value, health);
        }

        foreach (var storm in window.Storms)
        {
            StormTotals.Of(Storms, storm.Cause, storm.Number, storm.StartUnixMs, window.Worker).Add(storm, window.Worker);
        }

        Add(window.Samples);
        AddClock(window.Clock, window.WorstClockErrorUs);
    }

    /// <summary>Adds one sample that is known only now, of all user types together.</summary>
    /// <param name="us">Microseconds.</param>
    public void Record(Timing timing, long us)
    {
        if (!Timings.TryGetValue(timing, out var histogram))
        {
            Timings.Add(timing, histogram = HistogramCodec.Create());
        }

        histogram.RecordValue(Math.Clamp(us, 0, HistogramCodec.HighestMicroseconds));
    }

    /// <summary>Adds what another sum holds; its levels replace the ones here, its highest levels raise them.</summary>
    public void Add(StatsTotals other)
    {
        for (var i = 0; i < Counters.Length; i++)
        {
            Counters[i] += other.Counters[i];
        }

        foreach (var (timing, histogram) in other.Timings)
        {
            UserTypeTotals.Merge(Timings, timing, histogram);
        }

        foreach (var (name, type) in other.UserTypes)
        {
            if (!UserTypes.TryGetValue(name, out var totals))
            {
                UserTypes.Add(name, totals = new UserTypeTotals());
            }

            totals.Add(type);
        }

        foreach (var (name, count) in other.Events)
        {
            Events[name] = Events.GetValueOrDefault(name) + count;
        }

        foreach (var failure in other.Failures.Values)
        {
            Add(failure);
        }

        foreach (var (worker, health) in other.Health)
        {
            Add(worker, health);
        }

        foreach (var storm in other.Storms)
        {
            StormTotals.Of(Storms, storm.Cause, storm.Number, storm.StartUnixMs).Add(storm);
        }

        Add(other.Samples);

        AddClock(other.Clock, other.WorstClockErrorUs);
        AddGauges(other.Gauges, other.GaugesMax);
    }

    /// <summary>Takes the levels of one moment, summed over all workers; <paramref name="max"/> only ever raises the maximum.</summary>
    public void AddGauges(IReadOnlyList<long> levels, IReadOnlyList<long> max)
    {
        for (var i = 0; i < Gauges.Length; i++)
        {
            Gauges[i] = levels[i];
            GaugesMax[i] = Math.Max(GaugesMax[i], max[i]);
        }
    }

    private void AddClock(ClockEstimate? estimate, long worstErrorUs)
    {
        if (estimate is not null && (Clock is null || estimate.ErrorMs > Clock.ErrorMs))
        {
            Clock = estimate;
        }

        WorstClockErrorUs = Math.Max(WorstClockErrorUs, worstErrorUs);
    }

    private void Add(string worker, GeneratorHealth health) =>
        Health[worker] = Health.TryGetValue(worker, out var known) ? known.And(health) : health;

    private void Add(IReadOnlyList<IntegritySample> samples)
    {
        foreach (var sample in samples)
        {
            if (Samples.Count(s => s.Kind == sample.Kind) < MaxSamplesPerKind)
            {
                Samples.Add(sample);
            }
        }
    }

    private void Add(FailureCount failure)
    {
        var key = (failure.Where, failure.Reason);
        Failures[key] = Failures.TryGetValue(key, out var known) ? known with { Count = known.Count + failure.Count } : failure;
    }
}
