using ActorLoad.Actors.Coordination.Shares;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using Akka.Actor;
using Akka.Event;

namespace ActorLoad.Actors.Coordination.Runs;

/// <summary>Carrying on a run that another coordinator began: its workers know all of it.</summary>
internal sealed partial class RunActor
{
    // Whose windows were asked for and have not begun to come.
    private readonly HashSet<WorkerId> _unheard = [];

    private Recovery? _recovery;
    private TimeSpan _resumedAt;
    private bool _listened;
    private (WorkerId Worker, Patience Patience)? _asked;

    private void Recover()
    {
        _recovery = new Recovery(Run);
        _log.Info("Run {0} was begun by another coordinator: its workers are asked what it is", Run);
        Become(Recovering);
        Timers.StartSingleTimer(ListenTimeout.Instance, ListenTimeout.Instance, _times.Listen);
        Timers.StartSingleTimer(RecoverTimeout.Instance, RecoverTimeout.Instance, _times.Recover);
        foreach (var card in _cards.Values.OrderBy(c => c.Number))
        {
            _recovery.Came(card);
        }
    }

    private void Recovering(object message)
    {
        switch (message)
        {
            case ListenTimeout:
                _listened = true;
                break;
            case RecoverTimeout:
                Resume(_recovery!);
                return;
            case WorkerCame came:
                Keep(came.Card);
                _recovery!.Came(came.Card);
                break;
            case WorkerGone gone:
                _cards.Remove(gone.Card.Worker);
                _recovery!.Gone(gone.Card.Worker);
                break;
            case WorkerProtocol.RunDescription description when _cards.Values.FirstOrDefault(c => c.Actor.Equals(Sender)) is { } card:
                OnDescribed(description, card.Worker);
                break;
            case RunProtocol.StopRun stop:
                _fate.Stop(stop.Mode);
                return;
            case Repeat:
                break;
            default:
                Common(message);
                break;
        }

        if (_fate.IsBroken || !_listened)
        {
            return;
        }

        if (_recovery!.Ask is { } knowing)
        {
            Ask(knowing.Worker, message is Repeat);
        }
        else if (_recovery.IsComplete && _folderMade)
        {
            Resume(_recovery);
        }
    }

    // What it answers may be large, and takes its time.
    private void Ask(WorkerId knowing, bool again)
    {
        if (_asked?.Worker != knowing)
        {
            _asked = (knowing, new Patience());
        }
        else if (!again || !_asked.Value.Patience.IsOver(isLarge: true))
        {
            return;
        }

        Send(knowing, new WorkerProtocol.DescribeRun(Run));
    }

    private void OnDescribed(WorkerProtocol.RunDescription description, WorkerId by)
    {
        _recovery!.Described(description, by);
        if (_order is null && _recovery.Order is { } order)
        {
            Take(order);
            _status.Phase = RunPhase.Recovering;
            Publish();
        }
    }

    private void Resume(Recovery recovery)
    {
        Timers.Cancel(ListenTimeout.Instance);
        Timers.Cancel(RecoverTimeout.Instance);
        if (recovery.Roster is not { } roster)
        {
            _log.Warning("Run {0} cannot be carried on: none of its workers has told what it is", Run);
            SendAll([.. recovery.Present.Select(c => c.Worker)], new WorkerProtocol.Stop(Run, StopMode.Now));
            Finish(null);
            return;
        }

        if (recovery.StartedAt is not { } startedAt)
        {
            if (_fate.Stopped is not null)
            {
                Conclude(new StatsTotals());
                return;
            }

            Gather(recovery.Epoch + 1);
            return;
        }

        _clock = new RunClock(_time, startedAt);
        _resumedAt = _clock.Elapsed;
        if (RunEnding.WasStopped([.. recovery.Present.Select(c => c.Running!.Phase)], _resumedAt, Scenario.Load.Duration))
        {
            _fate.Stop(StopMode.Graceful);
        }

        _book = RosterBook.Resume(roster, recovery.Epoch, Scenario.Load.Model, _times.MoveDelay, Limit);
        var present = _book.Seats.Where(s => s.TakesPart && recovery.Present.Any(c => c.Worker == s.Worker)).ToList();
        _stats = Context.ActorOf(
            ClusterStatsActor.Props(Run, Scenario, [.. present.Where(s => s.FirstWindow == 0).Select(s => s.Worker)], Self), "stats");
        foreach (var seat in present.Where(s => s.FirstWindow > 0))
        {
            _stats.Tell(new ClusterStatsActor.Joined(seat.Worker, seat.FirstWindow));
            Mark(RunMarkKind.WorkerJoined, seat.Node, TimeSpan.FromSeconds(seat.FirstWindow));
        }

        Mark(RunMarkKind.CoordinatorMoved, _setup.Options.Node);
        _status.Note = $"carried on by the coordinator on {_setup.Options.Node}";
        Enter(RunPhase.Running, Running);
        foreach (var card in recovery.Present.Where(c => TakesPart(c.Worker)))
        {
            CarryOn(card.Worker, card.Running!);
        }

        _book.Seats.Where(s => !present.Contains(s)).ToList().ForEach(GoneBefore);
        if (!_fate.IsBroken)
        {
            ReleaseDrained();
            TellStop();
            AskForWindows();
            Timers.StartSingleTimer(RecoverTimeout.Instance, RecoverTimeout.Instance, _times.Recover);
            Advance();
            _cards.Values.OrderBy(c => c.Number).ToList().ForEach(Join);
        }
    }

    private void CarryOn(WorkerId worker, RunningState state)
    {
        _unheard.Add(worker);
        if (state.Phase != RunPhase.Preparing)
        {
            _started.Add(worker);
        }

        if (state.LastWindow is { } last)
        {
            _drained[worker] = last;
            _stats.Tell(new WorkerProtocol.Drained(Run, worker, last));
        }
    }

    // What it had reported went with the former coordinator.
    private void GoneBefore(RosterSeat seat)
    {
        var second = Math.Max(_clock!.Second, seat.FirstWindow + 1);
        _fate.Add(new GeneratorDoubt(GeneratorDoubtKind.WindowsMissing, seat.Worker.Value, seat.FirstWindow, second, second - seat.FirstWindow));
        _incomplete.Add(seat.Worker);
        if (seat.TakesPart)
        {
            OnLost(seat.Worker);
        }
    }

    private int Limit(WorkerId worker) =>
        _cards.TryGetValue(worker, out var card) ? WorkerLimit.Shares(card.Capacity, Scenario, _recovery!.Roster!.Of) : int.MaxValue;

    private void AskForWindows() => SendAll(_unheard.Where(TakesPart), new WorkerProtocol.ResendWindows(Run, 0));

    // A worker that has lost what it had measured must not hold up the others for ever.
    private void GoOnWithoutWindows()
    {
        foreach (var worker in _unheard.Where(TakesPart))
        {
            var first = _book!.Seat(worker)!.FirstWindow;
            var next = Math.Max(_reported.GetValueOrDefault(worker, _clock!.Second), first + 1);
            _fate.Add(new GeneratorDoubt(GeneratorDoubtKind.WindowsMissing, worker.Value, first, next, next - first));
            _incomplete.Add(worker);
            _stats.Tell(new ClusterStatsActor.Skip(worker, next));
        }

        _unheard.Clear();
    }
}
