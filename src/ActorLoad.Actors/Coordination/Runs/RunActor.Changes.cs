using ActorLoad.Actors.Coordination.Registry;
using ActorLoad.Actors.Coordination.Shares;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using Akka.Actor;
using Akka.Event;

namespace ActorLoad.Actors.Coordination.Runs;

/// <summary>Workers come, leave and are lost while the run is on.</summary>
internal sealed partial class RunActor
{
    private readonly Dictionary<WorkerId, Joiner> _joiners = [];

    private void OnCame(WorkerCard card)
    {
        if (_book!.Seat(card.Worker) is not { } seat)
        {
            Join(card);
        }
        else if (!seat.TakesPart)
        {
            if (card.Running?.Run == Run)
            {
                SendEnd(card.Worker);
            }
        }
        else if (card.Running?.Run != Run && _started.Contains(card.Worker))
        {
            // Messages of one sender keep their order: it had the run, and has it no more.
            OnLost(card.Worker);
        }
    }

    private void SendEnd(WorkerId worker)
    {
        Send(worker, new WorkerProtocol.Stop(Run, StopMode.Now));
        Send(worker, new WorkerProtocol.RunOver(Run, HasAllOf(worker)));
    }

    private void Join(WorkerCard card)
    {
        if (_book!.Seat(card.Worker) is not null || _joiners.ContainsKey(card.Worker))
        {
            return;
        }

        // One that another coordinator had asked to join is as good as one that is free.
        var isFree = card.Running is null || (card.Running.Run == Run && card.Running.Phase == RunPhase.Preparing);
        if (isFree && !card.IsLeaving && _book.Of > 1 && !IsEnding && Scenario.Load.Duration - _clock!.Elapsed > _times.WorthJoining)
        {
            Invite(Joiner.At(card, _clock.Elapsed, _times.JoinLead));
        }
        else if (card.Running?.Run == Run)
        {
            SendEnd(card.Worker);
        }
    }

    private void Invite(Joiner joiner)
    {
        var roster = _book!.Announce(joiner.Card.Worker, joiner.Card.Node, joiner.FirstWindow);
        _joiners[joiner.Card.Worker] = joiner.Epoch == 0 ? joiner with { Epoch = roster.Epoch } : joiner;
        Send(joiner.Card.Worker, new WorkerProtocol.Prepare(_order, roster));
    }

    // A worker that has not answered by its first window would be too late for it.
    private void InviteAgain()
    {
        foreach (var joiner in _joiners.Values.ToList())
        {
            if (IsEnding)
            {
                _joiners.Remove(joiner.Card.Worker);
                SendEnd(joiner.Card.Worker);
            }
            else if (!joiner.IsInTime(_clock!.Elapsed))
            {
                Invite(joiner.Again(_clock.Elapsed, _times.JoinLead));
            }
            else if (joiner.IsPrepared)
            {
                TakeIn(joiner.Card.Worker);
            }
            else if (joiner.Patience.IsOver(IsLarge()))
            {
                Invite(joiner);
            }
        }
    }

    private void OnJoinerPrepared(WorkerProtocol.Prepared prepared)
    {
        if (!_joiners.TryGetValue(prepared.Worker, out var joiner) || prepared.Epoch < joiner.Epoch)
        {
            return;
        }

        if (prepared.Problem is { } problem)
        {
            _joiners.Remove(prepared.Worker);
            _status.Note = $"{joiner.Card.Name} cannot join: {problem}";
            _log.Warning("Run {0}: {1}", Run, _status.Note);
            SendEnd(prepared.Worker);
            BreakIfDeserted(_status.Note);
            return;
        }

        _joiners[prepared.Worker] = joiner with { IsPrepared = true };
        TakeIn(prepared.Worker);
    }

    // It waits for its clock for a while: see StartIfReady.
    private void TakeIn(WorkerId worker)
    {
        if (!_joiners.TryGetValue(worker, out var joiner) || !joiner.IsPrepared
            || (!HasClock(worker) && _clock!.Elapsed - joiner.Asked < _times.FirstClock))
        {
            return;
        }

        if (IsEnding)
        {
            _joiners.Remove(worker);
            SendEnd(worker);
            return;
        }

        if (!joiner.IsInTime(_clock!.Elapsed))
        {
            Invite(joiner.Again(_clock.Elapsed, _times.JoinLead));
            return;
        }

        _joiners.Remove(worker);
        var card = joiner.Card;
        _book!.Add(card.Worker, card.Node, joiner.FirstWindow, WorkerLimit.Shares(card.Capacity, Scenario, _book.Of));
        _stats.Tell(new ClusterStatsActor.Joined(card.Worker, joiner.FirstWindow));
        Send(card.Worker, new WorkerProtocol.Start(Run, _clock.StartedAt));
    }

    private void OnLeaving(WorkerId worker)
    {
        if (_joiners.Remove(worker) || !TakesPart(worker))
        {
            SendEnd(worker);
            StopIfDeserted(worker);
            return;
        }

        var seat = _book!.Seat(worker)!;
        if (seat.State == RosterState.Leaving)
        {
            return;
        }

        if (!_started.Contains(worker))
        {
            OnLeftUnstarted(seat);
            return;
        }

        _book.Leaving(worker);
        _status.Note = $"{NameOf(worker)} leaves";
        StopIfDeserted(worker);
        LetGo(worker);
        Advance();
    }

    // Messages of one sender keep their order: had it begun, it would have said so before. It has no users, and will have none.
    private void OnLeftUnstarted(RosterSeat seat)
    {
        _status.Note = $"{NameOf(seat.Worker)} left before it began";
        _stats.Tell(new ClusterStatsActor.Lost(seat.Worker));
        _book!.Lost(seat.Worker, EndOfReported(seat));
        Mark(RunMarkKind.WorkerLeft, seat.Node);
        SendEnd(seat.Worker);
        StopIfDeserted(seat.Worker);
        Advance();
    }

    // Whoever asked the last worker to leave wants the run to end.
    private void StopIfDeserted(WorkerId leaving)
    {
        var name = NameOf(leaving) ?? $"worker {leaving}";
        if (!IsEnding && RunEnding.IsDeserted(_book!.Seats, _joiners.Count) && _fate.Interrupt($"{name} left, and no other is there"))
        {
            TellStop();
        }
    }

    // Those who are leaving still end in good order.
    private void BreakIfDeserted(string what)
    {
        if (!IsEnding && RunEnding.IsDeserted(_book!.Seats, _joiners.Count) && _fate.Break($"{what}, and no other is left", StopMode.Graceful))
        {
            _log.Warning("Run {0} fails: {1}", Run, _fate.Problem);
            TellStop();
        }
    }

    // All that it has measured is here: nothing holds a worker that wants to leave. At the end of the run it waits for the report.
    private void LetGo(WorkerId worker)
    {
        if (!IsEnding && _finished.Contains(worker) && _book!.Seat(worker) is { State: RosterState.Leaving } seat)
        {
            _book.Left(worker, EndOfReported(seat));
            Mark(RunMarkKind.WorkerLeft, seat.Node);
            Send(worker, new WorkerProtocol.RunOver(Run, HasAllOf(worker)));
            Advance();
        }
    }

    private void OnLost(WorkerId worker)
    {
        if (_joiners.Remove(worker, out var joiner))
        {
            BreakIfDeserted($"{joiner.Card.Name} was lost");
        }

        if (!TakesPart(worker))
        {
            return;
        }

        var seat = _book!.Seat(worker)!;
        var name = NameOf(worker);
        if (_finished.Contains(worker))
        {
            // It has said everything.
            _book.Left(worker, EndOfReported(seat));
            return;
        }

        _incomplete.Add(worker);
        var reported = EndOfReported(seat);
        var from = reported > _resumedAt ? reported : _resumedAt;
        var action = Scenario.Cluster.OnWorkerLost;
        var users = (double)seat.Shares.Length / _book.Of;
        _status.Note = $"{name} was lost";
        _log.Warning("Run {0}: {1}, its last window is that of second {2}", Run, _status.Note, _reported.GetValueOrDefault(worker, -1));
        Mark(RunMarkKind.WorkerLost, seat.Node);
        _stats.Tell(new ClusterStatsActor.Lost(worker));
        _book.Lost(worker, action == WorkerLossAction.Redistribute ? from : null);
        if (action == WorkerLossAction.Fail)
        {
            Break($"{name} was lost");
        }
        else if (!_book.Seats.Any(s => s.TakesPart))
        {
            Break($"{name} was lost, and no other is left");
        }
        else if (!IsEnding)
        {
            if (action == WorkerLossAction.Continue && users > 0)
            {
                var first = (int)reported.TotalSeconds;
                _fate.Add(new GeneratorDoubt(
                    GeneratorDoubtKind.WorkerLost, worker.Value, first, Math.Max(first + 1, (int)Math.Ceiling(Scenario.Load.Duration.TotalSeconds)), users));
            }

            BreakIfDeserted($"{name} was lost");
            Advance();
        }
    }

    // Up to there it has told of its users, those who came and those who did not.
    private TimeSpan EndOfReported(RosterSeat seat) =>
        TimeSpan.FromSeconds(Math.Max(seat.FirstWindow, _reported.GetValueOrDefault(seat.Worker, -1) + 1));

    // Tells the next roster as soon as there is one, and marks what has come to rest.
    private void Advance()
    {
        if (IsEnding)
        {
            return;
        }

        while (_book!.Next(_clock!.Elapsed) is { } roster)
        {
            SendAll(_book.Seats.Where(s => s.TakesPart && HasStarted(s.Worker)).Select(s => s.Worker), new WorkerProtocol.Assign(Run, roster));
            Publish();
        }

        foreach (var node in _book.Settled())
        {
            Mark(RunMarkKind.SharesMoved, node);
        }

        if (_book.NotBefore is { } at && at > _clock.Elapsed)
        {
            Timers.StartSingleTimer(RosterDue.Instance, RosterDue.Instance, at - _clock.Elapsed);
        }
    }
}
