using ActorLoad.Actors.Measurement;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Stats;
using ActorLoad.Messages.Wire;
using Akka.Actor;
using Akka.Event;

namespace ActorLoad.Actors.Stats;

/// <summary>
/// Takes a window out of the worker's recorder once a second and reports it to the coordinator in the worker's name until it is
/// acknowledged: what is not within two seconds is sent again, always the oldest first. Which windows those are
/// <see cref="WindowOutbox"/> knows. What is to be kept on disk it writes, on a thread of its own: a slow disk makes windows late,
/// and nobody's heartbeats.
/// </summary>
internal sealed class NodeStatsActor : UntypedActor, IWithTimers
{
    private readonly RunId _run;
    private readonly WorkerId _worker;
    private readonly WorkerRecorder _recorder;
    private readonly SpoolFiles? _files;
    private readonly WindowSpool? _spool;
    private readonly TimeProvider _time;
    private readonly GeneratorMonitor _monitor;
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private IActorRef _coordinator;
    private WindowClock _clock = new();
    private WindowOutbox _outbox = null!;
    private DateTimeOffset _startedAt;
    private long _start;
    private TimeSpan _closedUpTo;
    private bool _finishing;

    public NodeStatsActor(RunId run, WorkerId worker, WorkerRecorder recorder, IActorRef coordinator, TimeProvider time, SpoolFiles? files)
    {
        _run = run;
        _worker = worker;
        _recorder = recorder;
        _coordinator = coordinator;
        _time = time;
        _files = files;
        _spool = files is null ? null : new WindowSpool(files.Windows);
        _monitor = new GeneratorMonitor(time, ProcessGauge.Instance, recorder.ReadBacklog);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="files">Where windows are kept until the run is over; null = in memory until they are acknowledged.</param>
    public static Props Props(
        RunId run, WorkerId worker, WorkerRecorder recorder, IActorRef coordinator, TimeProvider time, SpoolFiles? files = null) =>
        Akka.Actor.Props.Create(() => new NodeStatsActor(run, worker, recorder, coordinator, time, files));

    protected override void PostStop()
    {
        _monitor.Dispose();
        _spool?.Dispose();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Start start:
                Begin(start);
                break;
            case Describe describe:
                Write(describe.Run);
                break;
            case ReportTo to:
                _coordinator = to.Coordinator;
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Started(object message)
    {
        switch (message)
        {
            case Tick:
                if (!_finishing)
                {
                    CloseDue();
                }

                Report(_outbox.TakeOverdue());
                ArmTick();
                break;
            case Finish when !_finishing:
                CloseDue();
                _finishing = true;
                Close(_clock.CloseLast(), _time.GetElapsedTime(_start), isLast: true);
                Context.Parent.Tell(new Finished(_clock.Next - 1));
                break;
            case Finish:
                break;
            case WorkerProtocol.WindowAck ack when ack.Run == _run && ack.Worker == _worker:
                _outbox.Acknowledge(ack.Number);
                Report(_outbox.TakeNext());
                break;
            case WorkerProtocol.ResendWindows resend when resend.Run == _run:
                _outbox.ResendFrom(resend.From);
                Report(_outbox.TakeNext());
                ArmTick();
                break;
            case WorkerProtocol.WindowAck or WorkerProtocol.ResendWindows:
                break;
            default:
                OnReceive(message);
                break;
        }
    }

    private void Begin(Start start)
    {
        (_startedAt, _start) = (start.At, start.Timestamp);
        _clock = new WindowClock(start.FirstWindow);
        _outbox = new WindowOutbox(start.FirstWindow, _spool, _time, OnSpoolProblem);
        _closedUpTo = start.FirstWindow * WindowClock.Length;
        _monitor.Start();
        Become(Started);
        ArmTick();
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

    private void Close(int number, TimeSpan upTo, bool isLast = false)
    {
        // A run can be stopped before the moment at which it was to begin.
        upTo = upTo < _closedUpTo ? _closedUpTo : upTo;
        var window = _recorder.TakeWindow(_run, _worker, number, _startedAt + _closedUpTo, upTo - _closedUpTo, isLast);
        window = window with { Health = _monitor.Take(window.UserTypes.Sum(t => t.Counters[(int)Counter.ArrivalsDropped])) };
        _closedUpTo = upTo;
        _outbox.Add(window);
        Report(_outbox.TakeNext());
    }

    private void Report(IReadOnlyList<StatsWindow> windows)
    {
        for (var i = 0; i < windows.Count; i++)
        {
            Parcels.Tell(_coordinator, new WorkerProtocol.WindowReport(windows[i]), Context.Parent);
        }
    }

    private void ArmTick()
    {
        if (_finishing && _outbox.IsEmpty)
        {
            return;
        }

        var wait = _finishing ? WindowClock.Length : _clock.Due - _time.GetElapsedTime(_start);
        Timers.StartSingleTimer(Tick.Instance, Tick.Instance, wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1));
    }

    private void Write(WorkerProtocol.RunDescription run)
    {
        try
        {
            _files?.WriteRun(run);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _log.Warning("What run {0} is cannot be written to disk: {1}", _run, e.Message);
        }
    }

    private void OnSpoolProblem(string problem) =>
        _log.Warning("Windows are kept in memory, because they cannot be written to disk: {0}", problem);

    /// <summary>The run begins.</summary>
    /// <param name="At">Its beginning on the coordinator's clock; windows count from it.</param>
    /// <param name="Timestamp">The same moment in timestamp ticks; it may lie ahead, or behind.</param>
    /// <param name="FirstWindow">Number of the first window.</param>
    public sealed record Start(DateTimeOffset At, long Timestamp, int FirstWindow) : INoSerializationVerificationNeeded;

    /// <summary>What the run is, which its roster changes: to be kept on disk with the windows, in place of what was there before.</summary>
    public sealed record Describe(WorkerProtocol.RunDescription Run) : INoSerializationVerificationNeeded;

    /// <summary>The run is over: close the last window.</summary>
    public sealed class Finish : INoSerializationVerificationNeeded
    {
        public static readonly Finish Instance = new();
    }

    /// <summary>Another coordinator gets the windows from now on.</summary>
    public sealed record ReportTo(IActorRef Coordinator) : INoSerializationVerificationNeeded;

    /// <summary>To the parent: this was the last window.</summary>
    public sealed record Finished(int LastWindow) : INoSerializationVerificationNeeded;

    private sealed class Tick : INoSerializationVerificationNeeded
    {
        public static readonly Tick Instance = new();
    }
}
