using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Stats;
using Akka.Actor;
using Akka.Event;

namespace ActorLoad.Actors.Coordination.Runs;

/// <summary>While workers run: windows to the statistics, seconds to the listener, and the end.</summary>
internal sealed partial class RunActor
{
    private readonly HashSet<WorkerId> _started = [];
    private readonly Dictionary<WorkerId, int> _drained = [];
    private readonly HashSet<WorkerId> _finished = [];

    // Those who have measured something that will not be in the report.
    private readonly HashSet<WorkerId> _incomplete = [];

    // Highest number that each has reported.
    private readonly Dictionary<WorkerId, int> _reported = [];

    /// <summary>The plan is over or was cut short: nobody gets new users any more.</summary>
    private bool IsEnding => _fate.Stopped is not null || _drained.Count > 0 || _clock?.Elapsed >= Scenario.Load.Duration;

    private void Start()
    {
        var workers = _book!.Seats.Select(s => s.Worker).ToList();
        var at = _time.GetUtcNow() + (workers.All(w => _cards[w].IsLocal) ? TimeSpan.Zero : _times.StartDelay);
        _clock = new RunClock(_time, at);
        _status.Note = null;
        _stats = Context.ActorOf(ClusterStatsActor.Props(Run, Scenario, workers, Self), "stats");
        Enter(RunPhase.Running, Running);
        SendAll(workers, new WorkerProtocol.Start(Run, at));
        _cards.Values.OrderBy(c => c.Number).ToList().ForEach(Join);
    }

    private void Running(object message)
    {
        switch (message)
        {
            case WorkerProtocol.WindowReport report when TakesPart(report.Window.Worker):
                OnWindow(report);
                break;
            case WorkerProtocol.Drained drained when TakesPart(drained.Worker):
                OnDrained(drained);
                break;
            case WorkerProtocol.Started started when TakesPart(started.Worker):
                OnStarted(started.Worker);
                break;
            case WorkerProtocol.Assigned assigned when TakesPart(assigned.Worker):
                OnAssigned(assigned);
                break;
            case WorkerProtocol.Prepared prepared:
                OnJoinerPrepared(prepared);
                break;
            case WorkerProtocol.Failed failed when TakesPart(failed.Worker):
                _stats.Tell(new ClusterStatsActor.Lost(failed.Worker));
                Break($"{NameOf(failed.Worker)}: {failed.Problem}");
                break;
            case WorkerProtocol.Drained or WorkerProtocol.Started or WorkerProtocol.Assigned or WorkerProtocol.Failed:
                OnStranger(message);
                break;
            case WorkerProtocol.Leaving leaving:
                OnLeaving(leaving.Worker);
                break;
            case WorkerChanged changed:
                Keep(changed.Card);
                TakeIn(changed.Card.Worker);
                break;
            case WorkerCame came:
                Keep(came.Card);
                OnCame(came.Card);
                break;
            case WorkerGone gone:
                _cards.Remove(gone.Card.Worker);
                OnLost(gone.Card.Worker);
                break;
            case RunProtocol.StopRun stop:
                _fate.Stop(stop.Mode);
                TellStop();
                break;
            case RosterDue:
                Advance();
                break;
            case RecoverTimeout:
                GoOnWithoutWindows();
                break;
            case Repeat:
                SayAgain();
                break;
            default:
                FromStatistics(message);
                break;
        }
    }

    private void FromStatistics(object message)
    {
        switch (message)
        {
            case RunSecond second when Sender.Equals(_stats):
                _status.Add(second);
                Listener.Tell(second);
                break;
            case ClusterStatsActor.Finished finished when Sender.Equals(_stats):
                _finished.Add(finished.Worker);
                LetGo(finished.Worker);
                break;
            case ClusterStatsActor.Missing missing when Sender.Equals(_stats):
                OnMissing(missing);
                break;
            case ClusterStatsActor.Aborted aborted when Sender.Equals(_stats):
                if (_fate.CrossedThreshold(aborted.Abort))
                {
                    TellStop();
                }

                break;
            case ClusterStatsActor.Completed completed when Sender.Equals(_stats):
                OnCompleted(completed);
                break;
            case ChildFailed failed when failed.Child.Equals(_stats):
                // The totals died with it; nothing is left to wait for.
                _stats = ActorRefs.Nobody;
                Break($"statistics: {failed.Problem}");
                break;
            default:
                Common(message);
                break;
        }
    }

    private void OnWindow(WorkerProtocol.WindowReport report)
    {
        var window = report.Window;
        if (window.Number < 0 || window.Number > _clock!.Second + WindowLedger.MostAhead)
        {
            // No worker is so far ahead: whatever it is, it says nothing of how far this one has come.
            return;
        }

        _reported[window.Worker] = Math.Max(window.Number, _reported.GetValueOrDefault(window.Worker, -1));
        if (!_started.Contains(window.Worker))
        {
            OnStarted(window.Worker);
        }

        if (window.Number <= _book!.Seat(window.Worker)!.FirstWindow)
        {
            _unheard.Remove(window.Worker);
        }

        _stats.Forward(report);
    }

    private void OnDrained(WorkerProtocol.Drained drained)
    {
        _drained[drained.Worker] = drained.LastWindow;
        _stats.Forward(drained);
        ReleaseDrained();
        Advance();
    }

    // Who drains although neither plan nor coordinator says so has left: its users are the others'. Its users being gone, it
    // follows every roster.
    private void ReleaseDrained()
    {
        foreach (var (worker, last) in _drained.ToList())
        {
            var early = _fate.Stopped is null && RunEnding.IsEarly(TimeSpan.FromSeconds(last), Scenario.Load.Duration);
            var hasOthers = _book!.Seats.Any(s => s.State == RosterState.Active && !_drained.ContainsKey(s.Worker));
            if (_book.Seat(worker)!.State == RosterState.Leaving || (early && hasOthers))
            {
                _drained.Remove(worker);
                _book.Drained(worker, TimeSpan.FromSeconds(last + 1));
            }
        }
    }

    private void OnStarted(WorkerId worker)
    {
        var isNew = _started.Add(worker);
        if (_book!.Ready(worker))
        {
            Mark(RunMarkKind.WorkerJoined, _book.Seat(worker)!.Node);
            Advance();
        }

        if (isNew)
        {
            TellStop();
        }
    }

    private void OnAssigned(WorkerProtocol.Assigned assigned)
    {
        _book!.Answered(assigned.Worker, assigned.Epoch);
        Advance();
    }

    private void OnMissing(ClusterStatsActor.Missing missing)
    {
        _log.Warning("Run {0}: {1} windows of {2} are missing, from {3} on, and are not waited for any more", Run, missing.Count, NameOf(missing.Worker), missing.First);
        _fate.Add(new GeneratorDoubt(GeneratorDoubtKind.WindowsMissing, missing.Worker.Value, missing.First, missing.Next, missing.Count));
        _incomplete.Add(missing.Worker);
    }

    private void OnCompleted(ClusterStatsActor.Completed completed)
    {
        // Workers drain by themselves when they have heard of no coordinator for long; and after a take-over nobody may know any
        // more that somebody stopped it.
        if (RunEnding.IsEarly(_status.Closed, Scenario.Load.Duration))
        {
            _fate.Interrupt("its workers ended it before its time");
        }

        Conclude(completed.Totals, completed.Doubts);
    }

    // Local messages keep their order: the word to start has come before. A remote worker that has not started yet would
    // take the word to stop for the end of a run that it never was in, and never say that it has drained.
    private void TellStop()
    {
        if (_fate.Stopped is { } mode)
        {
            SendAll(
                _book!.Seats.Where(s => s.TakesPart && !_drained.ContainsKey(s.Worker) && HasStarted(s.Worker)).Select(s => s.Worker),
                new WorkerProtocol.Stop(Run, mode));
        }
    }

    private bool HasStarted(WorkerId worker) => _started.Contains(worker) || _cards.GetValueOrDefault(worker) is { IsLocal: true };

    private void SayAgain()
    {
        foreach (var seat in _book!.Seats.Where(s => s.TakesPart && !_drained.ContainsKey(s.Worker)))
        {
            if (!_started.Contains(seat.Worker))
            {
                Send(seat.Worker, new WorkerProtocol.Start(Run, _clock!.StartedAt));
            }
            else if (seat.Answered < _book.Current.Epoch && !IsEnding)
            {
                Send(seat.Worker, new WorkerProtocol.Assign(Run, _book.Current));
            }
        }

        TellStop();
        AskForWindows();
        InviteAgain();
        Advance();
    }

    private bool TakesPart(WorkerId worker) => _book?.Seat(worker) is { TakesPart: true };

    // Whoever it is: it is no part of this run any more, or never was, and whatever it has of it must end.
    private void AnswerEnd(WorkerId worker)
    {
        Answer(new WorkerProtocol.Stop(Run, StopMode.Now));
        Answer(new WorkerProtocol.RunOver(Run, HasAllOf(worker)));
    }

    // Those who take part have been heard before.
    private void OnStranger(object message) => AnswerEnd(message switch
    {
        WorkerProtocol.Drained drained => drained.Worker,
        WorkerProtocol.Started started => started.Worker,
        WorkerProtocol.Assigned assigned => assigned.Worker,
        _ => ((WorkerProtocol.Failed)message).Worker,
    });

    // What has been merged is in the run folder, or is its recorder's to write.
    private bool HasAllOf(WorkerId worker) => _finished.Contains(worker) && !_incomplete.Contains(worker);

    private void Mark(RunMarkKind kind, string node, TimeSpan? at = null)
    {
        var mark = new RunMark(at ?? _clock!.Elapsed, kind, node);
        _fate.Add(mark);
        _stats.Tell(mark);
    }
}
