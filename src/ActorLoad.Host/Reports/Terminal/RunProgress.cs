using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Terminal;

/// <summary>The numbers that a progress view shows: running totals over the seconds it was given.</summary>
/// <param name="total">How long the plan is.</param>
public sealed class RunProgress(string scenario, TimeSpan total)
{
    private readonly StatsTotals _totals = new();
    private TimeSpan _markElapsed;
    private long _markEvents;

    public string Scenario { get; } = scenario;

    public TimeSpan Total { get; } = total;

    /// <summary>How much of the run the seconds so far cover.</summary>
    public TimeSpan Elapsed { get; private set; }

    public long Users => _totals.Gauges[(int)Gauge.UsersActive];

    public long Streams => _totals.Gauges[(int)Gauge.StreamsOpen];

    public long Events => _totals[Counter.Events];

    public long Reconnects => _totals[Counter.Reconnects];

    public long TasksPassed => _totals[Counter.TasksPassed];

    public long TasksFailed => _totals[Counter.TasksFailed];

    /// <summary>Connects, requests and tasks that failed, and users that crashed. A lost connection is no failure yet.</summary>
    public long Failures => _totals[Counter.ConnectsFailed] + _totals[Counter.RequestsFailed] +
        _totals[Counter.TasksFailed] + _totals[Counter.UsersCrashed];

    /// <summary>Over the whole run so far, milliseconds; null before the first event.</summary>
    public double? FirstEventP99 =>
        _totals.Timings.TryGetValue(Timing.TimeToFirstEvent, out var histogram) && histogram.TotalCount > 0
            ? TimingMath.Percentile(histogram, 99)
            : null;

    /// <summary>Since the last <see cref="Mark"/>.</summary>
    public double EventsPerSecond => Elapsed > _markElapsed
        ? (Events - _markEvents) / (Elapsed - _markElapsed).TotalSeconds
        : 0;

    public void Add(RunSecond second)
    {
        _totals.Add(second.Second);
        Elapsed += second.Length;
    }

    /// <summary>From here on <see cref="EventsPerSecond"/> starts anew.</summary>
    public void Mark() => (_markElapsed, _markEvents) = (Elapsed, Events);
}
