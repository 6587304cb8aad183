using ActorLoad.Actors.Coordination.Registry;
using ActorLoad.Actors.Coordination.Runs;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using Akka.Actor;
using Akka.Event;

namespace ActorLoad.Actors.Coordination;

/// <summary>Who is there, and how their clocks go.</summary>
public sealed partial class CoordinatorActor
{
    private static readonly TimeSpan LastPong = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LogEvery = TimeSpan.FromMinutes(1);

    private long? _turnedAwayAt;

    private void OnRegister(WorkerProtocol.Register register)
    {
        // An actor is one worker: what it was before is gone.
        if (_workers.OtherOf(Sender, register.Worker) is { } other)
        {
            OnWorkerLost(new WorkerLost(other, Sender));
        }

        if (_workers.IsFullFor(register.Worker))
        {
            TurnAway(register.Worker);
            return;
        }

        var isNew = _workers.Card(register.Worker) is null;
        var isOver = register.Running is { Run: var ended } && _runs.HasEnded(ended);
        var card = _workers.Register(isOver ? register with { Running = null } : register, Sender, out var former);
        if (former is not null)
        {
            Context.Unwatch(former);
        }

        if (isNew || former is not null)
        {
            // The same actor under another id would be a second watch, which Akka refuses.
            Context.Unwatch(Sender);
            Context.WatchWith(Sender, new WorkerLost(register.Worker, Sender));
            _log.Info("{0} is registered, {1} workers are there", card.Name, _workers.Cards.Count);
            if (!card.IsLocal)
            {
                Self.Tell(new PingDue(card.Worker, ClockBook.Pings), ActorRefs.NoSender);
            }
        }

        Sender.Tell(new WorkerProtocol.Registered(_id, register.Worker));
        if (isOver)
        {
            OnLate(register.Running!.Run, register.Worker);
        }
        else if (register.Running is { } running && !_runs.IsInHand(running.Run))
        {
            _runs.Recover(running.Run);
            BeginNext();
        }

        _run.Tell(new RunActor.WorkerCame(card));
        if (!_settled)
        {
            BeginNext();
        }
    }

    // It goes on saying hello, and comes in when there is room.
    private void TurnAway(WorkerId worker)
    {
        if (_turnedAwayAt is not { } before || _time.GetElapsedTime(before) >= LogEvery)
        {
            _turnedAwayAt = _time.GetTimestamp();
            _log.Warning("Worker {0} is turned away: {1} are registered, and more are not taken", worker, WorkerBook.MostWorkers);
        }
    }

    private void OnWorkerLost(WorkerLost lost)
    {
        if (_workers.Remove(lost.Worker, lost.Actor) is { } card)
        {
            _log.Info("{0} is gone, {1} workers are there", card.Name, _workers.Cards.Count);
            Timers.Cancel(TimerOf(lost.Worker));
            _run.Tell(new RunActor.WorkerGone(card));
        }
    }

    private void OnLeaving(WorkerProtocol.Leaving leaving)
    {
        if (_workers.Leaving(leaving.Worker) is { } card)
        {
            _run.Tell(new RunActor.WorkerChanged(card));
            _run.Forward(leaving);
        }
    }

    // Of a run that is over: without an answer its worker would report it for ever. A run that is not known is another matter:
    // its windows are still needed.
    private void OnLateWindow(WorkerProtocol.WindowReport late)
    {
        if (_runs.HasEnded(late.Window.Run))
        {
            Sender.Tell(new WorkerProtocol.WindowAck(late.Window.Run, late.Window.Worker, late.Window.Number));
            OnLate(late.Window.Run, late.Window.Worker);
        }
    }

    // A worker that has not heard that its run is over.
    private void OnLate(RunId run, WorkerId worker)
    {
        if (_runs.HasEnded(run))
        {
            Sender.Tell(new WorkerProtocol.Stop(run, StopMode.Now));
            Sender.Tell(new WorkerProtocol.RunOver(run, _runs.IsReported(run, worker)));
        }
    }

    private void PassOn(object message)
    {
        var (run, worker) = PartOf(message);
        if (_runs.IsInHand(run))
        {
            _run.Forward(message);
        }
        else
        {
            OnLate(run, worker);
        }
    }

    private (RunId Run, WorkerId Worker) PartOf(object message) => message switch
    {
        WorkerProtocol.Prepared prepared => (prepared.Run, prepared.Worker),
        WorkerProtocol.Started started => (started.Run, started.Worker),
        WorkerProtocol.Assigned assigned => (assigned.Run, assigned.Worker),
        WorkerProtocol.Drained drained => (drained.Run, drained.Worker),
        WorkerProtocol.Failed failed => (failed.Run, failed.Worker),
        WorkerProtocol.RunDescription description => (description.Order.Run, _workers.Cards.FirstOrDefault(c => c.Actor.Equals(Sender))?.Worker ?? default),
        _ => throw new ArgumentException($"{message.GetType().Name} names no run", nameof(message)),
    };

    private void Ping(PingDue due)
    {
        if (_workers.Card(due.Worker) is not { IsLocal: false } card || _workers.Clock(due.Worker) is not { } clock)
        {
            return;
        }

        if (due.Left == ClockBook.Pings)
        {
            clock.Begin();
        }

        card.Actor.Tell(new WorkerProtocol.ClockPing(NowUs()));
        if (due.Left > 1)
        {
            Timers.StartSingleTimer(TimerOf(due.Worker), due with { Left = due.Left - 1 }, _options.Times.ClockPings);
        }
        else
        {
            Timers.StartSingleTimer(TimerOf(due.Worker), new BurstOver(due.Worker), LastPong);
        }
    }

    private void SetClock(BurstOver over)
    {
        if (_workers.Clock(over.Worker) is not { } clock)
        {
            return;
        }

        if (clock.Set() is var (offset, error) && clock.Estimate is { } estimate && _workers.Measured(over.Worker, estimate) is { } card)
        {
            card.Actor.Tell(new WorkerProtocol.ClockSet(over.Worker, offset, error));
            _run.Tell(new RunActor.WorkerChanged(card));
        }

        Timers.StartSingleTimer(TimerOf(over.Worker), new PingDue(over.Worker, ClockBook.Pings), _options.Times.Clocks);
    }

    private static string TimerOf(WorkerId worker) => $"clock-{worker}";
}
