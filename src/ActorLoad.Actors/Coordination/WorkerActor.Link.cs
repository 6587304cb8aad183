using ActorLoad.Actors.Stats;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Wire;
using Akka.Actor;
using Akka.Event;

namespace ActorLoad.Actors.Coordination;

/// <content>
/// What is the same whatever the worker does: it greets its coordinator every two seconds, registers with one that is new, says
/// again what has had no answer, tells the time, passes windows on, and leaves when it is asked to.
/// </content>
public sealed partial class WorkerActor
{
    // A run's end takes its graceful-stop and the on-stop steps; then its last windows have to come in.
    private static readonly TimeSpan LeaveTime = TimeSpan.FromSeconds(45);

    private readonly WorkerOptions _options;
    private readonly WorkerId _id;
    private readonly TimeProvider _time;
    private readonly NodeClock _clock;
    private readonly CoordinatorLink _link = new();
    private readonly ParcelAssembler _parcels = new();
    private readonly List<IActorRef> _leavers = [];

    private ICancelable? _greeting;
    private FailedRun? _failed;
    private SpoolFiles? _kept;
    private IActorRef _clockBy = ActorRefs.Nobody;
    private bool _isLeaving;
    private long _leavingSince;

    public WorkerActor(WorkerOptions options)
    {
        (_options, _id, _time) = (options, options.Id, options.Time);
        _clock = new NodeClock(options.Time);
    }

    private IActorRef Coordinator => _link.Coordinator ?? _options.Coordinator;

    protected override void PreStart()
    {
        _greeting = Context.System.Scheduler.ScheduleTellRepeatedlyCancelable(
            CoordinatorLink.HelloEvery, CoordinatorLink.HelloEvery, Self, GreetDue.Instance, ActorRefs.NoSender);
        Greet();
    }

    protected override void PostStop()
    {
        _greeting?.Cancel();
        DisposeRun();
    }

    protected override bool AroundReceive(Receive receive, object message)
    {
        if (message is Parcel parcel)
        {
            if (Assembled(parcel) is not { } whole)
            {
                return true;
            }

            message = whole;
        }

        return OnLink(message) || base.AroundReceive(receive, message);
    }

    private bool OnLink(object message)
    {
        switch (message)
        {
            case GreetDue:
                Greet();
                break;
            case WorkerProtocol.HelloAnswer answer:
                OnAnswer(answer);
                break;
            case WorkerProtocol.Registered registered when registered.Worker == _id:
                _link.OnRegistered(registered);
                break;
            case WorkerProtocol.ClockPing ping:
                Sender.Tell(new WorkerProtocol.ClockPong(_id, ping.SentUnixUs, _clock.NowUnixUs));
                break;
            case WorkerProtocol.ClockSet set when set.Worker == _id:
                OnClockSet(set);
                break;
            case WorkerProtocol.WindowAck ack:
                OnWindowAck(ack);
                break;
            case WorkerProtocol.ResendWindows resend when resend.Run == _run?.Run:
                _stats.Tell(resend);
                break;
            case WorkerProtocol.DescribeRun describe when describe.Run == _run?.Run:
                Parcels.Tell(Sender, DescriptionFor(Sender), Self);
                break;
            case Leave:
                OnLeave();
                break;
            case WorkerProtocol.Registered or WorkerProtocol.ClockSet or WorkerProtocol.ResendWindows or WorkerProtocol.DescribeRun
                or UnreadableMessage:
                break;
            default:
                return false;
        }

        return true;
    }

    private void Greet()
    {
        if (_phase == RunPhase.Running && _link.IsSilentFor(_run!.Scenario.Cluster.OrphanTimeout))
        {
            _log.Warning(
                "No word from a coordinator for {0} s: the users of run {1} leave. Its windows are kept for the next coordinator{2}",
                _run.Scenario.Cluster.OrphanTimeout.TotalSeconds, _run.Run, _run.Spool is { } spool ? $", in {spool.Windows}" : "");
            Drain(StopMode.Graceful);
        }

        _link.OnHello();
        _options.Coordinator.Tell(new WorkerProtocol.Hello(_id, _options.Node, WireMessages.ProtocolVersion, _options.Version));
        if (_link.Coordinator is not null && !_link.IsRegistered)
        {
            Register();
        }

        TellDrained();
        TellFailed();
        if (_leavers.Count > 0)
        {
            Coordinator.Tell(new WorkerProtocol.Leaving(_id));
            if (_run is null || _time.GetElapsedTime(_leavingSince) >= _run.Scenario.GracefulStop + LeaveTime)
            {
                AnswerLeavers(giveUp: true);
            }
        }
    }

    private void OnAnswer(WorkerProtocol.HelloAnswer answer)
    {
        var wasRefused = _link.IsRefused;
        if (_link.OnAnswer(answer, Sender))
        {
            if (Post.IsLocal(Sender))
            {
                // Nobody measures a clock against itself; the one before may have been on another machine.
                OnClockSet(new WorkerProtocol.ClockSet(_id, 0, 0));
            }

            Register();
            _stats.Tell(new NodeStatsActor.ReportTo(Sender));
        }
        else if (_link.IsRefused && !wasRefused)
        {
            _greeting?.Cancel();
            AnswerLeavers(giveUp: true);
            _options.Refused?.Invoke(answer.Refusal!);
        }
    }

    private void Register()
    {
        var running = _run is { } run && _phase is { } phase
            ? new RunningState(run.Run, phase, run.Roster.Epoch, _lastWindow)
            : null;
        Coordinator.Tell(new WorkerProtocol.Register(_id, _options.Node, _options.Capacity, running));
    }

    private void OnClockSet(WorkerProtocol.ClockSet set)
    {
        _clock.Set(set);
        _clockBy = Sender;
        if (_run is { } run)
        {
            run.Recorder.Delivery.NodeOffsetUs = _clock.OffsetUs;
        }
    }

    // The clock on which the start was told may have gone with its coordinator: it is told on that of whoever asks.
    private WorkerProtocol.RunDescription DescriptionFor(IActorRef asker)
    {
        var description = _run!.Description;
        return description.StartedAt is not null && asker.Equals(_clockBy)
            ? description with { StartedAt = _clock.CoordinatorNow - _time.GetElapsedTime(_start) }
            : description;
    }

    private void OnWindowAck(WorkerProtocol.WindowAck ack)
    {
        if (_link.IsFrom(Sender))
        {
            _link.OnWindowAck();
            _stats.Tell(ack);
        }
    }

    private void TellDrained()
    {
        if (_lastWindow is { } last && _phase is not null)
        {
            Coordinator.Tell(new WorkerProtocol.Drained(_run!.Run, _id, last));
        }
    }

    private void TellFailed()
    {
        if (_failed is { IsKnown: false } failed)
        {
            Coordinator.Tell(new WorkerProtocol.Failed(failed.Run, _id, failed.Problem));
        }
    }

    /// <summary>A message about a run that is not in hand any more.</summary>
    private void OnStale(object message)
    {
        switch (message)
        {
            case WorkerProtocol.Stop stop when stop.Run == _failed?.Run:
                _failed = _failed with { IsKnown = true };
                break;
            case WorkerProtocol.RunOver over when over.Run == _failed?.Run:
                EndSpool(_failed.Run, _failed.Spool, over.Reported);
                _failed = null;
                _lastOver = over.Run;
                break;
        }
    }

    private void OnLeave()
    {
        _leavers.Add(Sender);
        if (!_isLeaving)
        {
            _isLeaving = true;
            _leavingSince = _time.GetTimestamp();
        }

        if (_phase == RunPhase.Preparing)
        {
            // Nothing of it has begun: its share is dealt to the others, and nobody has to wait.
            DisposeRun();
        }

        Coordinator.Tell(new WorkerProtocol.Leaving(_id));
        AnswerLeavers(giveUp: _link.IsRefused);
    }

    private void AnswerLeavers(bool giveUp = false)
    {
        if (_run is not null && !giveUp)
        {
            return;
        }

        var spool = _run?.StartedAt is null ? _failed?.Spool ?? _kept : _run.Spool;
        var left = new Left(spool?.Windows);
        foreach (var leaver in _leavers)
        {
            leaver.Tell(left);
        }

        _leavers.Clear();
    }

    private void WriteRun()
    {
        if (_run!.Spool is not null)
        {
            _stats.Tell(new NodeStatsActor.Describe(_run.Description));
        }
    }

    private void EndSpool(RunId run, SpoolFiles? spool, bool reported)
    {
        if (spool is null)
        {
            return;
        }

        if (!reported)
        {
            _kept = spool;
            _log.Warning("Run {0} is over, and no report has all that was measured here: the windows stay in {1}", run, spool.Windows);
            return;
        }

        try
        {
            spool.Delete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _log.Warning("{0} is not needed any more and cannot be deleted: {1}", spool.Windows, e.Message);
        }
    }

    private IActorLoadMessage? Assembled(Parcel parcel)
    {
        try
        {
            return _parcels.Add(parcel);
        }
        catch (WireFormatException e)
        {
            _log.Debug("A message in pieces is dropped: {0}", e.Message);
            return null;
        }
    }
}
