using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Stats;
using HdrHistogram;

namespace ActorLoad.Actors.Coordination.Runs;

/// <summary>What can be said of a run at any moment, out of its closed seconds. Plain logic.</summary>
/// <param name="coordinator">The node that coordinates it.</param>
internal sealed class RunStatusBook(RunOrder order, string coordinator)
{
    private readonly StatsTotals _totals = new();
    /// <summary>Up to the end of the last closed second.</summary>
    public TimeSpan Closed { get; private set; }

    public RunPhase Phase { get; set; } = RunPhase.Queued;

    public int Position { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public int Workers { get; set; }

    public string? Note { get; set; }

    public string? Folder { get; set; }

    public string? Status { get; set; }

    public int? ExitCode { get; set; }

    public void Add(RunSecond second)
    {
        for (var i = 0; i < _totals.Counters.Length; i++)
        {
            _totals.Counters[i] += second.Second.Counters[i];
        }

        foreach (var (timing, histogram) in second.Second.Timings)
        {
            if (!_totals.Timings.TryGetValue(timing, out var sum))
            {
                _totals.Timings.Add(timing, sum = HistogramCodec.Create());
            }

            sum.Add(histogram);
        }

        second.Second.Gauges.CopyTo(_totals.Gauges, 0);
        Closed = TimeSpan.FromSeconds(second.Number) + second.Length;
    }

    public RunStatus Now() => new(
        order.Run,
        order.Scenario.Name,
        Phase,
        Position,
        order.SubmittedAt,
        StartedAt,
        order.Scenario.Load.Duration,
        Closed,
        Workers,
        Closed == TimeSpan.Zero ? [] : [.. _totals.Counters],
        Closed == TimeSpan.Zero ? [] : [.. _totals.Gauges],
        [.. _totals.Timings.OrderBy(t => t.Key).Select(t => Of(t.Key, t.Value))])
    {
        Note = Note,
        Coordinator = coordinator,
        Folder = Folder,
        Status = Status,
        ExitCode = ExitCode,
    };

    private static TimingStatus Of(Timing timing, LongHistogram histogram) => new(
        timing, histogram.TotalCount, histogram.GetValueAtPercentile(50), histogram.GetValueAtPercentile(99), histogram.GetMaxValue());
}
