using ActorLoad.Actors.Load;
using ActorLoad.Actors.Stats;
using ActorLoad.Actors.Transport;
using ActorLoad.Actors.Users;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using Akka.Actor;
using Akka.Event;
using Akka.Streams;

namespace ActorLoad.Actors.Coordination;

/// <summary>
/// Runs its segment of a run on this node.
/// <code>
/// state     Prepare             Start     tick                Stop        users idle        last window     a child fails
///                                                                                           acknowledged
/// idle      prepared (answers*) -         -                   -           -                 -               -
/// prepared  prepared (answers*) running   -                   idle        -                 -               -
/// running   refused             -         paces users; at the draining    -                 -               ending, Failed
///                                         plan's end draining
/// draining  kept                -         deadline: cut all   cut if Now  stats finish ->   ending          ending, Failed
///                                                                         answers Drained
/// ending    kept                -         -                   -           -                 -               -
/// </code>
/// * When it knows the target's clock, if the scenario wants that.
/// Ending waits until the run's children are gone, whose names the next run needs; it leads to idle, or to prepared when a
/// Prepare was kept. A Stop of the run that a kept Prepare names takes it back.
/// Supervision: a child that fails takes the run with it: the coordinator is told, the child is stopped.
/// </summary>
public sealed class WorkerActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan OnStopTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CutTime = TimeSpan.FromSeconds(5);

    private readonly WorkerId _id;
    private readonly Func<Scenario, ISseConnector> _connect;
    private readonly TimeProvider _time;
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private WorkerRun? _run;
    private UserPacing? _pacing;
    private IActorRef _coordinator = ActorRefs.Nobody;
    private IActorRef _users = ActorRefs.Nobody;
    private IActorRef _stats = ActorRefs.Nobody;
    private long _start;
    private bool _finishing;
    private (WorkerProtocol.Prepare Message, IActorRef Sender)? _next;

    public WorkerActor(WorkerOptions options) => (_id, _connect, _time) = (options.Id, options.Connect, options.Time);

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(WorkerOptions options) => Akka.Actor.Props.Create(() => new WorkerActor(options));

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(maxNrOfRetries: 0, withinTimeMilliseconds: -1, OnChildFailed, loggingEnabled: true);

    protected override void PostStop() => DisposeRun();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WorkerProtocol.Prepare prepare:
                Prepare(prepare, Sender);
                break;
            case WorkerProtocol.Start start when start.Run == _run?.Run:
                BeginRun();
                break;
            case WorkerProtocol.Stop stop when stop.Run == _run?.Run:
                DisposeRun();
                break;
            case ClockReady ready when ready.Run == _run?.Run:
                _coordinator.Tell(new WorkerProtocol.Prepared(ready.Run, _id, ready.Problem));
                break;
            case WorkerProtocol.Start or WorkerProtocol.Stop or WorkerProtocol.WindowAck or ClockReady:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Prepare(WorkerProtocol.Prepare prepare, IActorRef coordinator)
    {
        DisposeRun();
        _coordinator = coordinator;
        try
        {
            _run = new WorkerRun(prepare, _id, _connect, Context.System.Materializer(), _time);
            if (_run.Clock is { } clock)
            {
                clock.StartAsync().PipeTo(
                    Self,
                    success: problem => new ClockReady(prepare.Run, problem),
                    failure: error => new ClockReady(prepare.Run, $"clock = target: {error.Message}"));
                return;
            }

            coordinator.Tell(new WorkerProtocol.Prepared(prepare.Run, _id, null));
        }
        catch (InvalidDataException e)
        {
            coordinator.Tell(new WorkerProtocol.Prepared(prepare.Run, _id, e.Message));
        }
    }

    private void BeginRun()
    {
        var run = _run!;
        _users = Context.ActorOf(UsersActor.Props(run.ProfileOf), "users");
        _stats = Context.ActorOf(NodeStatsActor.Props(run.Run, _id, run.Recorder, _coordinator, _time), "stats");
        Context.WatchWith(_users, UsersGone.Instance);
        Context.WatchWith(_stats, StatsGone.Instance);
        _stats.Tell(NodeStatsActor.Start.Instance);
        _start = _time.GetTimestamp();
        _finishing = false;
        _pacing = new UserPacing(run, _users, _start, _time);
        Become(Running);
        Timers.StartPeriodicTimer(Tick.Instance, Tick.Instance, _pacing.Every);
        for (var i = 0; i < run.Scenario.EventsAt.Count; i++)
        {
            Timers.StartSingleTimer($"event-{i}", new EventDue(i), run.Scenario.EventsAt[i].At);
        }

        Pace();
    }

    private void Running(object message)
    {
        switch (message)
        {
            case Tick:
                Pace();
                break;
            case UsersActor.NotYet notYet:
                // The user of that id is still on its way out; the next tick asks again.
                Timers.StartSingleTimer($"again-{notYet.UserId}", new StartAgain(notYet.UserId), AskAgainAfter);
                break;
            case StartAgain again:
                _pacing!.StartAgain(again.UserId);
                break;
            case UsersActor.Gone gone:
                _pacing!.OnGone(gone);
                break;
            case EventDue due:
                _run!.Recorder.Storms.Begin(due.Number);
                _users.Tell(new UsersActor.Storm(due.Number, _run.Scenario.EventsAt[due.Number].Drop));
                break;
            case WorkerProtocol.Stop stop when stop.Run == _run!.Run:
                Drain(stop.Mode);
                break;
            case WorkerProtocol.Prepare prepare:
                Sender.Tell(new WorkerProtocol.Prepared(prepare.Run, _id, $"the worker is busy with run {_run!.Run}"));
                break;
            default:
                Common(message);
                break;
        }
    }

    private void Draining(object message)
    {
        switch (message)
        {
            case UsersActor.Idle when !_finishing:
                StopUsers();
                break;
            case UsersGone:
                _users = ActorRefs.Nobody;
                _stats.Tell(NodeStatsActor.Finish.Instance);
                break;
            case CutTimer:
                _users.Tell(new UsersActor.StopAll(StopMode.Now));
                Timers.StartSingleTimer(GiveUp.Instance, GiveUp.Instance, CutTime);
                break;
            case GiveUp when !_finishing:
                _log.Warning("Some users did not stop in time; the run ends without them");
                StopUsers();
                break;
            case WorkerProtocol.Stop { Mode: StopMode.Now } stop when stop.Run == _run!.Run:
                _users.Tell(new UsersActor.StopAll(StopMode.Now));
                break;
            case NodeStatsActor.Finished finished:
                _coordinator.Tell(new WorkerProtocol.Drained(_run!.Run, _id, finished.LastWindow));
                break;
            case NodeStatsActor.AllAcknowledged:
                EndRun();
                break;
            case UsersActor.NotYet or StartAgain or EventDue or Tick or GiveUp:
                break;
            default:
                KeepNext(message);
                break;
        }
    }

    private void Ending(object message)
    {
        switch (message)
        {
            case UsersGone:
                _users = ActorRefs.Nobody;
                EndIfAlone();
                break;
            case StatsGone:
                _stats = ActorRefs.Nobody;
                EndIfAlone();
                break;
            case UsersActor.NotYet or StartAgain or EventDue or Tick or CutTimer or GiveUp or ChildFailed
                or NodeStatsActor.Finished or NodeStatsActor.AllAcknowledged:
                break;
            default:
                KeepNext(message);
                break;
        }
    }

    // The coordinator may be done with a run before its worker is: what comes next waits.
    private void KeepNext(object message)
    {
        switch (message)
        {
            case WorkerProtocol.Prepare prepare:
                _next = (prepare, Sender);
                break;
            case WorkerProtocol.Stop stop when stop.Run == _next?.Message.Run:
                _next = null;
                break;
            default:
                Common(message);
                break;
        }
    }

    private void Common(object message)
    {
        switch (message)
        {
            case WorkerProtocol.WindowAck ack:
                _stats.Forward(ack);
                break;
            case ChildFailed failed:
                _coordinator.Tell(new WorkerProtocol.Failed(_run!.Run, _id, failed.Problem));
                EndRun();
                break;
            case WorkerProtocol.Start or WorkerProtocol.Stop or UsersActor.Gone or UsersActor.Idle or ClockReady:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Pace()
    {
        var elapsed = _time.GetElapsedTime(_start);
        _pacing!.Pace(elapsed);
        if (elapsed >= _run!.Scenario.Load.Duration)
        {
            Drain(StopMode.Graceful);
        }
    }

    private void Drain(StopMode mode)
    {
        Timers.CancelAll();
        Become(Draining);
        _users.Tell(new UsersActor.StopAll(mode));
        Timers.StartSingleTimer(CutTimer.Instance, CutTimer.Instance, _run!.Scenario.GracefulStop + OnStopTime);
    }

    // The last window closes when the last connection actor is gone, so that every level is back at zero in it.
    private void StopUsers()
    {
        _finishing = true;
        Timers.CancelAll();
        Context.Stop(_users);
    }

    private void EndRun()
    {
        Timers.CancelAll();
        Become(Ending);
        foreach (var child in Context.GetChildren())
        {
            Context.Stop(child);
        }
    }

    private void EndIfAlone()
    {
        if (!_users.IsNobody() || !_stats.IsNobody())
        {
            return;
        }

        DisposeRun();
        Become(OnReceive);
        if (_next is { } next)
        {
            _next = null;
            Prepare(next.Message, next.Sender);
        }
    }

    private void DisposeRun()
    {
        _run?.Dispose();
        _run = null;
    }

    private Directive OnChildFailed(Exception error)
    {
        Self.Tell(new ChildFailed($"{Sender.Path.Name}: {error.GetType().Name}: {error.Message}"), ActorRefs.NoSender);
        return Directive.Stop;
    }

    /// <summary>The target's clock is known, or cannot be: then there is a problem.</summary>
    private sealed record ClockReady(RunId Run, string? Problem) : INoSerializationVerificationNeeded;

    private sealed record StartAgain(long UserId) : INoSerializationVerificationNeeded;

    /// <summary>The moment of one of the scenario's events-at, by its index, has come.</summary>
    private sealed record EventDue(int Number) : INoSerializationVerificationNeeded;

    private sealed class Tick : INoSerializationVerificationNeeded
    {
        public static readonly Tick Instance = new();
    }

    private sealed class CutTimer : INoSerializationVerificationNeeded
    {
        public static readonly CutTimer Instance = new();
    }

    private sealed class UsersGone : INoSerializationVerificationNeeded
    {
        public static readonly UsersGone Instance = new();
    }

    private sealed class StatsGone : INoSerializationVerificationNeeded
    {
        public static readonly StatsGone Instance = new();
    }

    private sealed record ChildFailed(string Problem) : INoSerializationVerificationNeeded;

    private sealed class GiveUp : INoSerializationVerificationNeeded
    {
        public static readonly GiveUp Instance = new();
    }
}
