using ActorLoad.Actors.Stats;
using ActorLoad.Actors.Users;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using Akka.Actor;
using Akka.Event;

namespace ActorLoad.Actors.Coordination;

/// <summary>
/// Runs its shares of a run on this node.
/// <code>
/// state     Prepare             Start     tick                Assign       Stop        RunOver    users idle       a child fails
/// idle      prepared (answers*) -         -                   -            -           -          -                -
/// prepared  prepared (answers*) running   -                   kept         idle        idle       -                -
/// running   kept                answered  paces users; at the shares move  draining    draining,  -                ending, Failed
///                                         plan's end draining                          cut
/// draining  kept                answered  deadline: cut all   kept         cut if Now  cut        stats finish ->  ending, Failed
///                                                                                                 answers Drained
/// drained   kept                answered  -                   kept         -           ending     -                ending, Failed
/// ending    kept                -         -                   -            -           -          -                -
/// </code>
/// * When it knows the target's clock, if the scenario wants that.
/// The same Prepare again is answered again, or brings a newer roster. Running leads to draining also when there has been no
/// coordinator for the scenario's orphan-timeout, and when the roster says that this worker is leaving and its last share is gone.
/// Drained keeps the windows until the run is over. Ending waits until the run's children are gone, whose names the next run
/// needs; it leads to idle, or to prepared when a Prepare was kept. A Stop of the run that a kept Prepare names takes it back.
/// WorkerActor.Run.cs has what the cells of the table do, WorkerActor.Link.cs what is the same in every state.
/// Supervision: a child that fails takes the run with it: the coordinator is told, the child is stopped.
/// </summary>
public sealed partial class WorkerActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan CutTime = TimeSpan.FromSeconds(5);

    private readonly ILoggingAdapter _log = Context.GetLogger();

    private WorkerRun? _run;
    private RunPhase? _phase;
    private UserPacing? _pacing;
    private ShareMoves _moves = new();
    private IActorRef _users = ActorRefs.Nobody;
    private IActorRef _stats = ActorRefs.Nobody;
    private long _start;
    private bool _finishing;
    private bool _over;
    private bool _reported;
    private int? _lastWindow;
    private RunId? _lastOver;
    private (WorkerProtocol.Prepare Message, IActorRef Sender)? _next;

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(WorkerOptions options) => Akka.Actor.Props.Create(() => new WorkerActor(options));

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(maxNrOfRetries: 0, withinTimeMilliseconds: -1, OnChildFailed, loggingEnabled: true);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WorkerProtocol.Prepare prepare:
                OnPrepare(prepare, Sender);
                break;
            case WorkerProtocol.Start start when start.Run == _run?.Run:
                BeginRun(start.At);
                Sender.Tell(new WorkerProtocol.Started(start.Run, _id));
                break;
            case WorkerProtocol.Assign assign when Fits(assign):
                TakeRoster(assign.Roster);
                Sender.Tell(new WorkerProtocol.Assigned(assign.Run, _id, assign.Roster.Epoch));
                break;
            case WorkerProtocol.Stop stop when stop.Run == _run?.Run:
                DisposeRun();
                AnswerLeavers();
                break;
            case WorkerProtocol.RunOver over when over.Run == _run?.Run:
                _lastOver = over.Run;
                DisposeRun();
                AnswerLeavers();
                break;
            case ClockReady ready when ready.Run == _run?.Run:
                _run.Answer = new WorkerProtocol.Prepared(ready.Run, _id, ready.Problem, _run.Roster.Epoch);
                ready.Asker.Tell(_run.Answer);
                break;
            case WorkerProtocol.Start or WorkerProtocol.Stop or WorkerProtocol.RunOver or WorkerProtocol.Assign or ClockReady:
                OnStale(message);
                break;
            default:
                Unhandled(message);
                break;
        }
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
            case WorkerProtocol.Assign assign when Fits(assign):
                OnAssign(assign.Roster);
                break;
            case UsersActor.Released released:
                _moves.Done(released.Epoch);
                TellAssigned();
                DrainIfLeft();
                break;
            case CutRelease cut:
                _users.Tell(new UsersActor.CutRelease(cut.Epoch));
                break;
            case WorkerProtocol.Stop stop when stop.Run == _run!.Run:
                Drain(stop.Mode);
                break;
            case WorkerProtocol.RunOver over when over.Run == _run!.Run:
                (_over, _reported) = (true, over.Reported);
                Drain(StopMode.Now);
                break;
            case WorkerProtocol.Prepare prepare when prepare.Run == _run!.Run:
                Sender.Tell(new WorkerProtocol.Prepared(prepare.Run, _id, null, _run.Roster.Epoch));
                break;
            default:
                KeepNext(message);
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
                _moves.AllDone();
                TellAssigned();
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
            case WorkerProtocol.Assign assign when Fits(assign):
                AskWhileDraining(assign.Roster);
                break;
            case WorkerProtocol.RunOver over when over.Run == _run!.Run:
                (_over, _reported) = (true, over.Reported);
                _users.Tell(new UsersActor.StopAll(StopMode.Now));
                EndIfOver();
                break;
            case NodeStatsActor.Finished finished:
                _lastWindow = finished.LastWindow;
                _phase = RunPhase.Ended;
                TellDrained();
                EndIfOver();
                break;
            case UsersActor.Released or UsersActor.NotYet or StartAgain or EventDue or Tick or GiveUp or CutRelease:
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
            case UsersActor.NotYet or UsersActor.Released or StartAgain or EventDue or Tick or CutTimer or CutRelease or GiveUp
                or ChildFailed or NodeStatsActor.Finished:
                break;
            default:
                KeepNext(message);
                break;
        }
    }

    // The coordinator may be done with a run before its worker is: what comes next waits. A worker that has not heard of the end
    // hears of it in answer to its next window.
    private void KeepNext(object message)
    {
        switch (message)
        {
            case WorkerProtocol.Prepare prepare when prepare.Run != _run!.Run:
                _next = (prepare, Sender);
                break;
            case WorkerProtocol.Stop stop when stop.Run == _next?.Message.Run:
            case WorkerProtocol.RunOver over when over.Run == _next?.Message.Run:
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
            case WorkerProtocol.Start start when start.Run == _run!.Run:
                Sender.Tell(new WorkerProtocol.Started(start.Run, _id));
                break;
            case ChildFailed failed:
                _failed = new FailedRun(_run!.Run, failed.Problem, _run.Spool);
                TellFailed();
                EndRun();
                break;
            case WorkerProtocol.Prepare or WorkerProtocol.Start or WorkerProtocol.Stop or WorkerProtocol.RunOver or WorkerProtocol.Assign
                or UsersActor.Gone or UsersActor.Idle or ClockReady:
                OnStale(message);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private Directive OnChildFailed(Exception error)
    {
        Self.Tell(new ChildFailed($"{Sender.Path.Name}: {error.GetType().Name}: {error.Message}"), ActorRefs.NoSender);
        return Directive.Stop;
    }
}
