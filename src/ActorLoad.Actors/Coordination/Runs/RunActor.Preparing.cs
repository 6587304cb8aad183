using ActorLoad.Actors.Coordination.Registry;
using ActorLoad.Actors.Coordination.Shares;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Stats;
using ActorLoad.Messages.Wire;
using Akka.Actor;
using Akka.Event;

namespace ActorLoad.Actors.Coordination.Runs;

/// <summary>Before the run: enough workers, and all of them ready.</summary>
internal sealed partial class RunActor
{
    private readonly HashSet<WorkerId> _prepared = [];

    private Patience _prepareAgain = new();
    private int _firstEpoch = 1;
    private bool? _isLarge;

    /// <param name="epoch">1, or more than any that a worker knows.</param>
    private void Gather(int epoch)
    {
        _firstEpoch = epoch;
        Enter(RunPhase.Gathering, Gathering);
        Timers.StartSingleTimer(GatherTimeout.Instance, GatherTimeout.Instance, Scenario.Cluster.WorkerTimeout);
        PrepareIfEnough();
    }

    private void Gathering(object message)
    {
        switch (message)
        {
            case GatherTimeout when WorkerNeed.Problem(Available(), Scenario) is { } problem:
                Break(problem);
                break;
            case GatherTimeout:
                // Enough of them, but something else is missing; some may go before it is there.
                Timers.StartSingleTimer(GatherTimeout.Instance, GatherTimeout.Instance, Scenario.Cluster.WorkerTimeout);
                break;
            case WorkerProtocol.Leaving leaving:
                SendEnd(leaving.Worker);
                break;
            case RunProtocol.StopRun stop:
                _fate.Stop(stop.Mode);
                Conclude(new StatsTotals());
                break;
            case Repeat:
                break;
            default:
                Common(message);
                if (_status.Phase == RunPhase.Gathering)
                {
                    PrepareIfEnough();
                }

                break;
        }
    }

    private void PrepareIfEnough()
    {
        var note = WorkerNeed.Waiting(Available(), Scenario);
        if (note != _status.Note)
        {
            _status.Note = note;
            Publish();
        }

        if (_folderMade && note is null)
        {
            Timers.Cancel(GatherTimeout.Instance);
            Prepare(_firstEpoch);
        }
    }

    private void Prepare(int epoch)
    {
        var workers = Available();

        // A machine by itself needs no shares: nobody will come to take some.
        var of = _setup.Options.Recorder is null && workers is [{ IsLocal: true }] ? 1 : ShareDeal.CutFor(workers.Count);
        _book = RosterBook.Deal(
            of, epoch, Scenario.Load.Model, _times.MoveDelay, [.. workers.Select(w => (w.Worker, w.Node, WorkerLimit.Shares(w.Capacity, Scenario, of)))]);
        _prepared.Clear();
        _prepareAgain = new Patience();
        Timers.Cancel(ClockTimeout.Instance);
        Enter(RunPhase.Preparing, Preparing);
        Timers.StartSingleTimer(PrepareTimeout.Instance, PrepareTimeout.Instance, _times.Prepare);
        SendAll(workers.Select(w => w.Worker), new WorkerProtocol.Prepare(_order, _book.Current));
    }

    private void Preparing(object message)
    {
        switch (message)
        {
            case WorkerProtocol.Prepared prepared:
                OnPrepared(prepared);
                break;
            case WorkerProtocol.Failed failed when NameOf(failed.Worker) is { } name:
                Break($"{name}: {failed.Problem}");
                break;
            case WorkerProtocol.Leaving leaving:
                _cards.Remove(leaving.Worker, out _);
                AnswerEnd(leaving.Worker);
                PrepareWithout(leaving.Worker, "left");
                break;
            case WorkerGone gone:
                _cards.Remove(gone.Card.Worker);
                PrepareWithout(gone.Card.Worker, "was lost");
                break;
            case PrepareTimeout:
                Break($"no answer from {string.Join(", ", Unprepared().Select(NameOf))} within {_times.Prepare.TotalSeconds:0.###} s");
                break;
            case RunProtocol.StopRun stop:
                _fate.Stop(stop.Mode);
                StopUnstarted();
                Conclude(new StatsTotals());
                break;
            case ClockTimeout:
                Start();
                break;
            case Repeat:
                PrepareAgain();
                break;
            default:
                Common(message);
                if (message is WorkerChanged && _status.Phase == RunPhase.Preparing)
                {
                    StartIfReady();
                }

                break;
        }
    }

    private void PrepareAgain()
    {
        if (Unprepared().Any() && _prepareAgain.IsOver(IsLarge()))
        {
            SendAll(Unprepared(), new WorkerProtocol.Prepare(_order, _book!.Current));
        }
    }

    // Feeds travel with the scenario.
    private bool IsLarge() => _isLarge ??= _cards.Values.Any(c => !c.IsLocal) && Parcels.Split(new WorkerProtocol.Prepare(_order, _book!.Current)).Count > 1;

    private IEnumerable<WorkerId> Unprepared() => _book!.Seats.Select(s => s.Worker).Where(w => !_prepared.Contains(w));

    private void OnPrepared(WorkerProtocol.Prepared prepared)
    {
        if (NameOf(prepared.Worker) is not { } name || prepared.Epoch < _book!.Current.Epoch)
        {
            return;
        }

        if (prepared.Problem is { } problem)
        {
            Break(_book.Seats.Count == 1 ? problem : $"{name}: {problem}");
            return;
        }

        _prepared.Add(prepared.Worker);
        _book.Answered(prepared.Worker, prepared.Epoch);
        StartIfReady();
    }

    // A worker whose clock has not been compared with this one would begin by its own, and never know.
    private void StartIfReady()
    {
        if (Unprepared().Any())
        {
            return;
        }

        Timers.Cancel(PrepareTimeout.Instance);
        if (_book!.Seats.All(s => HasClock(s.Worker)))
        {
            Timers.Cancel(ClockTimeout.Instance);
            Start();
        }
        else if (!Timers.IsTimerActive(ClockTimeout.Instance))
        {
            Timers.StartSingleTimer(ClockTimeout.Instance, ClockTimeout.Instance, _times.FirstClock);
        }
    }

    private bool HasClock(WorkerId worker) => !_cards.TryGetValue(worker, out var card) || card.IsLocal || card.Clock is not null;

    // Nobody has begun: the shares can be dealt anew.
    private void PrepareWithout(WorkerId worker, string how)
    {
        if (NameOf(worker) is not { } name)
        {
            return;
        }

        var left = Available();
        if (left.Count == 0 && how == "left")
        {
            _fate.Interrupt($"{name} left, and no other is there");
            Conclude(new StatsTotals());
            return;
        }

        if (WorkerNeed.Waiting(left, Scenario) is not null)
        {
            Break($"{name} {how} before the run began, and those that are left are not enough");
            return;
        }

        _log.Info("{0} {1} before run {2} began: its shares are dealt to the others", name, how, Run);
        Prepare(_book!.Epoch + 1);
    }

    private void StopUnstarted() => SendAll(_book?.Seats.Select(s => s.Worker) ?? [], new WorkerProtocol.Stop(Run, StopMode.Now));

    /// <summary>"worker a on node-a"; null when it has no part in this run.</summary>
    private string? NameOf(WorkerId worker) =>
        _book?.Seat(worker) is { } seat ? WorkerCard.NameOf(worker, seat.Node) : null;
}
