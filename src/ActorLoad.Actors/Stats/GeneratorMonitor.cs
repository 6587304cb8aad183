using ActorLoad.Actors.Measurement;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Stats;

/// <summary>
/// Watches whether this worker can measure honestly. A tick of its own, on the threads that everything else runs on, shows
/// by how much they come late; the rest is asked of the process when a window closes.
/// </summary>
/// <param name="readBacklog">Timestamp ticks from bytes being ready to their being measured, as connections report them.</param>
public sealed class GeneratorMonitor(TimeProvider time, IProcessGauge process, PeakGauge readBacklog) : IDisposable
{
    public static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan ShortestTime = TimeSpan.FromMilliseconds(50);

    // Ticks that come late can overlap; fifty a second do not compete for it.
    private readonly Lock _lock = new();

    private ITimer? _timer;
    private bool _disposed;
    private long _lastTick;
    private long _lastTake;
    private TimeSpan _cpu;
    private TimeSpan _gc;
    private TimeSpan _lag;
    private long _queueMax;
    private long _queueMin = long.MaxValue;

    public void Start()
    {
        lock (_lock)
        {
            _lastTick = _lastTake = time.GetTimestamp();
            (_cpu, _gc) = (process.CpuTime, process.GcPause);
            readBacklog.Take();
            _timer = time.CreateTimer(static monitor => ((GeneratorMonitor)monitor!).Tick(), this, TickEvery, TickEvery);
        }
    }

    /// <summary>What it was like since the last call that had an answer; null when too little time has gone by to tell and no arrival was dropped.</summary>
    /// <param name="arrivalsDropped">Counted in the same time.</param>
    public GeneratorHealth? Take(long arrivalsDropped)
    {
        lock (_lock)
        {
            // A tick that is overdue now belongs to this window, not to the one in which it comes at last.
            Look();
            var now = _lastTick;
            var length = time.GetElapsedTime(_lastTake, now);
            if (length < ShortestTime)
            {
                // Dropped arrivals are no share of a time; kept back in the last window they would never be told.
                return arrivalsDropped == 0 ? null : new GeneratorHealth(0, 0, 0, 0, 0, 0, arrivalsDropped);
            }

            var (cpu, gc) = (process.CpuTime, process.GcPause);
            var health = new GeneratorHealth(
                Round(_lag.TotalMilliseconds),
                Round((cpu - _cpu) / length / process.Processors),
                Round((gc - _gc) / length),
                _queueMax,
                _queueMin,
                Round(Microseconds.FromTicks(readBacklog.Take()) / 1000.0),
                arrivalsDropped);
            (_cpu, _gc, _lastTake) = (cpu, gc, now);
            (_lag, _queueMax, _queueMin) = (TimeSpan.Zero, 0, long.MaxValue);
            return health;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _timer?.Dispose();
        }
    }

    private void Tick()
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                Look();
            }
        }
    }

    private void Look()
    {
        var now = time.GetTimestamp();
        var late = time.GetElapsedTime(_lastTick, now) - TickEvery;
        _lag = late > _lag ? late : _lag;
        _lastTick = now;
        var pending = process.PendingWorkItems;
        _queueMax = Math.Max(_queueMax, pending);
        _queueMin = Math.Min(_queueMin, pending);
    }

    private static double Round(double value) => Math.Round(Math.Max(0, value), 4);
}
