using System.Diagnostics;
using ActorLoad.Actors.Measurement;
using ActorLoad.Actors.Stats;
using ActorLoad.Messages.Stats;
using Microsoft.Extensions.Time.Testing;

namespace ActorLoad.Actors.Tests.Stats;

public sealed class GeneratorMonitorTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeProcess _process = new();
    private readonly PeakGauge _backlog = new();
    private readonly GeneratorMonitor _monitor;

    public GeneratorMonitorTests()
    {
        // What was before the start is none of its business.
        (_process.CpuTime, _process.GcPause) = (TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(9));
        _backlog.Raise(Stopwatch.Frequency);
        _monitor = new GeneratorMonitor(_time, _process, _backlog);
        _monitor.Start();
    }

    public void Dispose() => _monitor.Dispose();

    [Fact]
    public void A_second_in_which_nothing_happened()
    {
        Pass(1000);
        var health = _monitor.Take(0)!;
        Assert.Equal((0, 0, 0, 0, 0, 0, 0), (health.LagMsMax, health.CpuShare, health.GcPauseShare, health.ThreadPoolQueueMax, health.ThreadPoolQueueMin, health.ReadBacklogMsMax, health.ArrivalsDropped));
    }

    [Fact]
    public void Dropped_arrivals_are_told_however_short_the_time()
    {
        Pass(1000);
        _monitor.Take(0);
        Pass(20);
        Assert.Null(_monitor.Take(0));
        Assert.Equal(new GeneratorHealth(0, 0, 0, 0, 0, 0, 3), _monitor.Take(3));
    }

    [Fact]
    public void Shares_are_those_of_the_time_since_the_last_look()
    {
        Pass(1000);
        _monitor.Take(0);
        Pass(2000);
        _process.CpuTime += TimeSpan.FromSeconds(3);
        _process.GcPause += TimeSpan.FromMilliseconds(500);
        var health = _monitor.Take(7)!;
        Assert.Equal((0.75, 0.25, 7), (health.CpuShare, health.GcPauseShare, health.ArrivalsDropped));
    }

    [Fact]
    public void A_tick_that_comes_late_is_a_lag_of_its_window_only()
    {
        Pass(100);
        _time.Advance(TimeSpan.FromMilliseconds(520));
        Pass(100);
        Assert.Equal(500, _monitor.Take(0)!.LagMsMax);
        Pass(1000);
        Assert.Equal(0, _monitor.Take(0)!.LagMsMax);
    }

    [Fact]
    public void A_tick_that_is_still_missing_when_the_window_closes_belongs_to_that_window()
    {
        using var stuck = new GeneratorMonitor(new NoTimers(_time), _process, _backlog);
        stuck.Start();
        _time.Advance(TimeSpan.FromMilliseconds(820));
        Assert.Equal(800, stuck.Take(0)!.LagMsMax);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(80, stuck.Take(0)!.LagMsMax);
    }

    [Fact]
    public void The_queue_is_looked_at_with_every_tick()
    {
        foreach (var pending in (long[])[40, 900, 30])
        {
            _process.PendingWorkItems = pending;
            Pass(20);
        }

        var health = _monitor.Take(0)!;
        Assert.Equal((900, 30), (health.ThreadPoolQueueMax, health.ThreadPoolQueueMin));
        _process.PendingWorkItems = 0;
        Pass(1000);
        Assert.Equal(0, _monitor.Take(0)!.ThreadPoolQueueMax);
    }

    [Fact]
    public void The_backlog_is_the_longest_that_a_connection_reported()
    {
        _backlog.Raise(Stopwatch.Frequency / 8);
        _backlog.Raise(Stopwatch.Frequency / 100);
        Pass(1000);
        Assert.Equal(125, _monitor.Take(0)!.ReadBacklogMsMax);
        Pass(1000);
        Assert.Equal(0, _monitor.Take(0)!.ReadBacklogMsMax);
    }

    [Fact]
    public void Of_a_moment_nothing_can_be_said_and_nothing_is_lost()
    {
        Pass(1000);
        _monitor.Take(0);
        _process.CpuTime += TimeSpan.FromSeconds(1);
        Pass(20);
        Assert.Null(_monitor.Take(0));
        Pass(980);
        Assert.Equal(0.5, _monitor.Take(0)!.CpuShare);
    }

    [Fact]
    public void After_its_end_it_does_not_tick()
    {
        _monitor.Dispose();
        var looks = _process.Looks;
        Pass(1000);
        Assert.Equal(looks, _process.Looks);
    }

    // In the steps of the tick: a longer one would make it late.
    private void Pass(int milliseconds)
    {
        for (; milliseconds > 0; milliseconds -= 20)
        {
            _time.Advance(TimeSpan.FromMilliseconds(20));
        }
    }

    private sealed class FakeProcess : IProcessGauge
    {
        private long _pending;

        public TimeSpan CpuTime { get; set; }

        public TimeSpan GcPause { get; set; }

        public int Looks { get; private set; }

        public long PendingWorkItems
        {
            get
            {
                Looks++;
                return _pending;
            }

            set => _pending = value;
        }

        public int Processors => 2;
    }

    /// <summary>A clock whose timers never fire: a machine that gives no thread any time.</summary>
    private sealed class NoTimers(TimeProvider inner) : TimeProvider
    {
        public override long TimestampFrequency => inner.TimestampFrequency;

        public override long GetTimestamp() => inner.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
