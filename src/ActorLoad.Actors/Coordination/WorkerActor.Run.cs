using ActorLoad.Actors.Stats;
using ActorLoad.Actors.Users;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Protocol;
using Akka.Actor;
using Akka.Event;
using Akka.Streams;

namespace ActorLoad.Actors.Coordination;

/// <content>How a run gets ready, begins, follows its roster and ends.</content>
public sealed partial class WorkerActor
{
    private static readonly TimeSpan OnStopTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LatestEvent = TimeSpan.FromSeconds(1);

    private void OnPrepare(WorkerProtocol.Prepare prepare, IActorRef asker)
    {
        if (_isLeaving || prepare.Run == _lastOver)
        {
            // The coordinator hears that this worker leaves; or it has said long ago that the run is over.
            return;
        }

        if (!prepare.Roster.IsSound)
        {
            asker.Tell(new WorkerProtocol.Prepared(prepare.Run, _id, "the roster of the run makes no sense", prepare.Roster.Epoch));
        }
        else if (prepare.Run != _run?.Run)
        {
            Prepare(prepare, asker);
        }
        else
        {
            TakeRoster(prepare.Roster);
            if (_run.Answer is { } answer)
            {
                asker.Tell(answer with { Epoch = _run.Roster.Epoch });
            }
        }
    }

    private void Prepare(WorkerProtocol.Prepare prepare, IActorRef asker)
    {
        DisposeRun();

        // Who prepares another run is done with one that broke here, or has never heard of it; what was measured of it stays.
        (_failed, _kept) = (null, _failed?.Spool ?? _kept);
        try
        {
            _run = new WorkerRun(prepare, _options, Context.System.Materializer());
            _run.Recorder.Delivery.NodeOffsetUs = _clock.OffsetUs;
            _phase = RunPhase.Preparing;
            if (_run.Clock is { } clock)
            {
                clock.StartAsync().PipeTo(
                    Self,
                    success: problem => new ClockReady(prepare.Run, problem, asker),
                    failure: error => new ClockReady(prepare.Run, $"clock = target: {error.Message}", asker));
                return;
            }

            _run.Answer = new WorkerProtocol.Prepared(prepare.Run, _id, null, _run.Roster.Epoch);
            asker.Tell(_run.Answer);
        }
        catch (InvalidDataException e)
        {
            asker.Tell(new WorkerProtocol.Prepared(prepare.Run, _id, e.Message, prepare.Roster.Epoch));
        }
        catch (Exception e)
        {
            // Whatever it is about this run, the next one may be better.
            _log.Error(e, "Run {0} cannot be prepared", prepare.Run);
            asker.Tell(new WorkerProtocol.Prepared(prepare.Run, _id, $"{e.GetType().Name}: {e.Message}", prepare.Roster.Epoch));
        }
    }

    private void BeginRun(DateTimeOffset at)
    {
        var run = _run!;
        var elapsed = _clock.Since(at);
        run.StartedAt = at;
        _start = _time.GetTimestamp() - (long)(elapsed.TotalSeconds * _time.TimestampFrequency);
        _users = Context.ActorOf(UsersActor.Props(run.ProfileOf), "users");
        _stats = Context.ActorOf(NodeStatsActor.Props(run.Run, _id, run.Recorder, Coordinator, _time, run.Spool), "stats");
        Context.WatchWith(_users, UsersGone.Instance);
        Context.WatchWith(_stats, StatsGone.Instance);
        WriteRun();
        _stats.Tell(new NodeStatsActor.Start(at, _start, run.Entry.FirstWindow));
        (_finishing, _over, _reported, _lastWindow) = (false, false, false, null);
        _moves = new ShareMoves();
        _pacing = new UserPacing(run, _id, _users, _start, _time);
        _phase = RunPhase.Running;
        Become(Running);
        Timers.StartPeriodicTimer(Tick.Instance, Tick.Instance, _pacing.Every);
        for (var i = 0; i < run.Scenario.EventsAt.Count; i++)
        {
            // What happened before this worker came is not its own.
            var wait = run.Scenario.EventsAt[i].At - elapsed;
            if (wait > -LatestEvent)
            {
                Timers.StartSingleTimer($"event-{i}", new EventDue(i), wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
            }
        }

        Pace();
    }

    private void Pace()
    {
        var elapsed = _time.GetElapsedTime(_start);
        _pacing!.Pace(elapsed);
        if (elapsed >= _run!.Scenario.Load.Duration)
        {
            Drain(StopMode.Graceful);
        }
        else
        {
            DrainIfLeft();
        }
    }

    // Once users have their ids the plan is not cut anew.
    private bool Fits(WorkerProtocol.Assign assign) =>
        assign.Run == _run?.Run && assign.Roster.IsSound && (_phase == RunPhase.Preparing || assign.Roster.Of == _run.Roster.Of);

    private void OnAssign(Roster roster)
    {
        if (TakeRoster(roster))
        {
            WriteRun();
            if (_pacing!.Assign(roster))
            {
                _moves.Begin(roster.Epoch);
                Timers.StartSingleTimer(
                    $"cut-{roster.Epoch}", new CutRelease(roster.Epoch), _run!.Scenario.GracefulStop + OnStopTime);
            }
        }

        _moves.Ask(roster.Epoch, Sender);
        TellAssigned();
        DrainIfLeft();
    }

    // Everybody leaves anyway.
    private void AskWhileDraining(Roster roster)
    {
        if (TakeRoster(roster) && !_users.IsNobody())
        {
            _moves.Begin(roster.Epoch);
        }

        _moves.Ask(roster.Epoch, Sender);
        TellAssigned();
    }

    private bool TakeRoster(Roster roster)
    {
        if (roster.Epoch <= _run!.Roster.Epoch)
        {
            return false;
        }

        _run.Roster = roster;
        return true;
    }

    private void TellAssigned()
    {
        foreach (var (epoch, asker) in _moves.TakeAnswers())
        {
            asker.Tell(new WorkerProtocol.Assigned(_run!.Run, _id, epoch));
        }
    }

    // What is left of an open plan's users leaves with the worker.
    private void DrainIfLeft()
    {
        if (_phase == RunPhase.Running && _run!.Entry.State == RosterState.Leaving && _pacing!.IsEmpty && !_moves.AnyLeaving)
        {
            Drain(StopMode.Graceful);
        }
    }

    private void Drain(StopMode mode)
    {
        Timers.CancelAll();
        _phase = RunPhase.Draining;
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

    private void EndIfOver()
    {
        if (_over && _lastWindow is not null)
        {
            EndRun();
        }
    }

    private void EndRun()
    {
        Timers.CancelAll();
        _phase = null;
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

        if (_over)
        {
            _lastOver = _run!.Run;
            EndSpool(_run.Run, _run.Spool, _reported);
        }

        DisposeRun();
        Become(OnReceive);
        AnswerLeavers();
        if (_next is { } next)
        {
            _next = null;
            OnPrepare(next.Message, next.Sender);
        }
    }

    private void DisposeRun()
    {
        _run?.Dispose();
        (_run, _phase, _lastWindow) = (null, null, null);
    }
}
