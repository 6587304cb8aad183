using ActorLoad.Host.Reports.Model;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Terminal;

/// <summary>The numbers that a progress view shows: running totals over the seconds it was given, or what a node said last.</summary>
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

    public long Users { get; private set; }

    public long Streams { get; private set; }

    public long Events { get; private set; }

    public long Reconnects { get; private set; }

    public long Tasks { get; private set; }

    /// <summary>Connects, requests and tasks that failed, and users that crashed. A lost connection is no failure yet.</summary>
    public long Failures { get; private set; }

    /// <summary>Over the whole run so far, milliseconds; null before the first event.</summary>
    public double? FirstEventP99 { get; private set; }

    /// <summary>Since the last <see cref="Mark"/>.</summary>
    public double EventsPerSecond => Elapsed > _markElapsed
        ? (Events - _markEvents) / (Elapsed - _markElapsed).TotalSeconds
        : 0;

    public void Add(RunSecond second)
    {
        _totals.Add(second.Second);
        Elapsed += second.Length;
        Take(c => _totals[c], g => _totals.Gauges[(int)g]);
        FirstEventP99 = _totals.Timings.TryGetValue(Timing.TimeToFirstEvent, out var histogram) && histogram.TotalCount > 0
            ? TimingMath.Percentile(histogram, 99)
            : null;
    }

    public void Set(RunStatusJson status)
    {
        Elapsed = TimeSpan.FromSeconds(status.ElapsedSeconds);
        Take(c => status.Counters.GetValueOrDefault(c.Name()), g => status.Gauges.GetValueOrDefault(g.Name()));
        FirstEventP99 = status.Timings.GetValueOrDefault(Timing.TimeToFirstEvent.Name()) is { Count: > 0 } timing ? timing.P99 : null;
    }

    /// <summary>From here on <see cref="EventsPerSecond"/> starts anew.</summary>
    public void Mark() => (_markElapsed, _markEvents) = (Elapsed, Events);

    private void Take(Func<Counter, long> count, Func<Gauge, long> level)
    {
        Users = level(Gauge.UsersActive);
        Streams = level(Gauge.StreamsOpen);
        Events = count(Counter.Events);
        Reconnects = count(Counter.Reconnects);
        Tasks = count(Counter.TasksPassed) + count(Counter.TasksFailed);
        Failures = count(Counter.ConnectsFailed) + count(Counter.RequestsFailed) + count(Counter.TasksFailed) + count(Counter.UsersCrashed);
    }
}
