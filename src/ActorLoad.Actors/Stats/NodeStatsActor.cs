using ActorLoad.Actors.Measurement;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Stats;
using Akka.Actor;

namespace ActorLoad.Actors.Stats;

/// <summary>
/// Takes a window out of the worker's recorder once a second, sends it to the coordinator, and keeps it until it is
/// acknowledged: what is not acknowledged within two seconds is sent again, always the oldest first.
/// </summary>
internal sealed class NodeStatsActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan ResendAfter = TimeSpan.FromSeconds(2);
    private const int ResendAtOnce = 10;

    private readonly RunId _run;
    private readonly WorkerId _worker;
    private readonly WorkerRecorder _recorder;
    private readonly IActorRef _coordinator;
    private readonly TimeProvider _time;
    private readonly GeneratorMonitor _monitor;
    private readonly WindowClock _clock = new();
    private readonly SortedDictionary<int, (StatsWindow Window, long SentAt)> _unacknowledged = [];

    private DateTimeOffset _startedAt;
    private long _start;
    private TimeSpan _closedUpTo;
    private bool _finishing;

    public NodeStatsActor(RunId run, WorkerId worker, WorkerRecorder recorder, IActorRef coordinator, TimeProvider time)
    {
        _run = run;
        _worker = worker;
        _recorder = recorder;
        _coordinator = coordinator;
        _time = time;
        _monitor = new GeneratorMonitor(time, ProcessGauge.Instance, recorder.ReadBacklog);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(RunId run, WorkerId worker, WorkerRecorder recorder, IActorRef coordinator, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new NodeStatsActor(run, worker, recorder, coordinator, time));

    protected override void PostStop() => _monitor.Dispose();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Start:
                _startedAt = _time.GetUtcNow();
                _start = _time.GetTimestamp();
                _monitor.Start();
                ArmTick();
                break;
            case Tick:
                if (!_finishing)
                {
                    CloseDue();
                }

                Resend();
                ArmTick();
                break;
            case Finish when !_finishing:
                CloseDue();
                _finishing = true;
                Close(_clock.CloseLast(), _time.GetElapsedTime(_start));
                Context.Parent.Tell(new Finished(_clock.Next - 1));
                TellIfAcknowledged();
                break;
            case Finish:
                break;
            case WorkerProtocol.WindowAck ack when ack.Run == _run && ack.Worker == _worker:
                _unacknowledged.Remove(ack.Number);
                TellIfAcknowledged();
                break;
            case WorkerProtocol.WindowAck:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void CloseDue()
    {
        var elapsed = _time.GetElapsedTime(_start);
        var numbers = _clock.Close(elapsed);
        for (var i = 0; i < numbers.Count; i++)
        {
            // The first takes everything up to now; windows that were slept through are empty and of no length.
            Close(numbers[i], elapsed);
        }
    }

    private void Close(int number, TimeSpan upTo)
    {
        var window = _recorder.TakeWindow(_run, _worker, number, _startedAt + _closedUpTo, upTo - _closedUpTo);
        window = window with { Health = _monitor.Take(window.UserTypes.Sum(t => t.Counters[(int)Counter.ArrivalsDropped])) };
        _closedUpTo = upTo;
        _unacknowledged.Add(number, (window, _time.GetTimestamp()));
        _coordinator.Tell(new WorkerProtocol.WindowReport(window));
    }

    private void Resend()
    {
        var now = _time.GetTimestamp();
        foreach (var (number, (window, sentAt)) in _unacknowledged.Take(ResendAtOnce).ToList())
        {
            if (_time.GetElapsedTime(sentAt, now) >= ResendAfter)
            {
                _unacknowledged[number] = (window, now);
                _coordinator.Tell(new WorkerProtocol.WindowReport(window));
            }
        }
    }

    private void TellIfAcknowledged()
    {
        if (_finishing && _unacknowledged.Count == 0)
        {
            Context.Parent.Tell(AllAcknowledged.Instance);
        }
    }

    private void ArmTick()
    {
        if (_finishing && _unacknowledged.Count == 0)
        {
            return;
        }

        var wait = _finishing ? WindowClock.Length : _clock.Due - _time.GetElapsedTime(_start);
        Timers.StartSingleTimer(Tick.Instance, Tick.Instance, wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1));
    }

    /// <summary>The run begins now.</summary>
    public sealed class Start : INoSerializationVerificationNeeded
    {
        public static readonly Start Instance = new();
    }

    /// <summary>The run is over: close the last window.</summary>
    public sealed class Finish : INoSerializationVerificationNeeded
    {
        public static readonly Finish Instance = new();
    }

    /// <summary>To the parent: this was the last window.</summary>
    public sealed record Finished(int LastWindow) : INoSerializationVerificationNeeded;

    /// <summary>To the parent: the coordinator has them all.</summary>
    public sealed class AllAcknowledged : INoSerializationVerificationNeeded
    {
        public static readonly AllAcknowledged Instance = new();
    }

    private sealed class Tick : INoSerializationVerificationNeeded
    {
        public static readonly Tick Instance = new();
    }
}
