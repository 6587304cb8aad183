using System.Diagnostics;

namespace ActorLoad.Host.Target.Channels;

/// <summary>
/// A channel that publishes by the clock. With several slots each event is published once per slot, the slots evenly
/// apart within the interval, so that many streams do not all get their bytes in the same instant; an id means the same event
/// in every slot, and a slot is at most one event ahead of another.
/// </summary>
internal sealed class TimedChannel : IAsyncDisposable
{
    private readonly string _name;
    private readonly int _seed;
    private readonly TargetClock _clock;
    private readonly Func<bool> _paused;
    private readonly TimeSpan _tick;
    private readonly Lock _publishing = new();
    private readonly CancellationTokenSource _stopped = new();
    private readonly Task _loop;
    private long _ticks;

    public TimedChannel(string name, TimeSpan interval, int seed, TargetClock clock, IReadOnlyList<EventRing> slots, Func<bool> paused)
    {
        _name = name;
        _seed = seed;
        _clock = clock;
        _paused = paused;
        _tick = interval / slots.Count;
        Slots = slots;
        _ticks = slots.Sum(s => s.Newest);
        _loop = Task.Run(PublishAsync);
    }

    public string Name => _name;

    public IReadOnlyList<EventRing> Slots { get; }

    /// <summary>Returns when no publication is under way.</summary>
    public void AwaitQuiet()
    {
        lock (_publishing)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stopped.Dispose();
    }

    private async Task PublishAsync()
    {
        var clock = Stopwatch.StartNew();
        var schedule = new PublishSchedule(_tick, TimeSpan.Zero);
        while (!_stopped.IsCancellationRequested)
        {
            // Timers count whole milliseconds: rounded up, so that waking once is enough.
            var wait = TimeSpan.FromMilliseconds(Math.Ceiling(schedule.Until(clock.Elapsed).TotalMilliseconds));
            await Task.Delay(wait, _stopped.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            PublishDue(schedule.TakeDue(clock.Elapsed));
        }
    }

    private void PublishDue(int due)
    {
        lock (_publishing)
        {
            for (var i = 0; i < due && !_paused() && !_stopped.IsCancellationRequested; i++)
            {
                var slot = Slots[(int)(_ticks++ % Slots.Count)];
                slot.Publish(this, static (id, self) => SampleEvents.Create(self._name, id, self._seed, self._clock));
            }
        }
    }
}
