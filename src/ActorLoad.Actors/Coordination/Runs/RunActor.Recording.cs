using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Stats;
using Akka.Actor;
using Akka.Event;

namespace ActorLoad.Actors.Coordination.Runs;

/// <summary>After the run: its report.</summary>
internal sealed partial class RunActor
{
    private RunOutcome? _outcome;

    /// <summary>Told of every closed second, and at last of the outcome.</summary>
    private IActorRef Listener => _setup.Options.Recorder is null ? _setup.Submitter : _recorder;

    // The run cannot go on: what has been reported until now is its result.
    private void Break(string problem)
    {
        if (_order is null)
        {
            return;
        }

        if (!_fate.Break(problem, StopMode.Now))
        {
            if (_stats.IsNobody() && _outcome is null)
            {
                Conclude(new StatsTotals());
            }

            return;
        }

        _log.Warning("Run {0} fails: {1}", Run, problem);
        if (_clock is null)
        {
            StopUnstarted();
        }
        else
        {
            TellStop();
        }

        if (_outcome is not null)
        {
            Finish(null);
        }
        else if (_stats.IsNobody())
        {
            Conclude(new StatsTotals());
        }
        else
        {
            _stats.Tell(ClusterStatsActor.GiveUp.Instance);
        }
    }

    private void Conclude(StatsTotals totals, IReadOnlyList<GeneratorDoubt>? doubts = null)
    {
        _outcome = new RunOutcome(
            Run,
            _fate.Reason,
            _fate.Problem,
            _clock?.StartedAt ?? _time.GetUtcNow(),
            _clock is { Elapsed: var elapsed } && elapsed > TimeSpan.Zero ? elapsed : TimeSpan.Zero,
            totals,
            [.. (_book?.Seats ?? []).Select(s => s.Node)])
        {
            Abort = _fate.Abort,
            Doubts = [.. doubts ?? [], .. _fate.Doubts],
            Marks = _fate.Marks,
            WorkerClocks = Clocks(),
        };
        if (!_stats.IsNobody())
        {
            Context.Stop(_stats);
            _stats = ActorRefs.Nobody;
        }

        if (_setup.Options.Recorder is null)
        {
            Listener.Tell(_outcome);
            Finish(null);
            return;
        }

        Enter(RunPhase.Draining, Recording);
        Timers.StartSingleTimer(RecordTimeout.Instance, RecordTimeout.Instance, _times.Record);
        if (_recorder.IsNobody())
        {
            Finish(null);
        }
        else if (_folderMade)
        {
            _recorder.Tell(_outcome);
        }
    }

    private void Recording(object message)
    {
        switch (message)
        {
            case RunRecorded recorded when Sender.Equals(_recorder):
                Finish(recorded);
                break;
            case RunFolderMade made when Sender.Equals(_recorder) && made is { Folder: not null, Problem: null }:
                OnFolderMade(made);
                _recorder.Tell(_outcome!);
                break;
            case RecordTimeout:
                OnRecorderLost($"the report was not written within {_times.Record.TotalSeconds:0.###} s");
                break;
            case WorkerGone gone:
                // Its end is told to those who are there.
                _cards.Remove(gone.Card.Worker);
                break;
            default:
                Common(message);
                break;
        }
    }

    private void Finish(RunRecorded? recorded)
    {
        Timers.CancelAll();
        var workers = (_book?.Seats.Select(s => s.Worker) ?? []).Concat(_joiners.Keys).Concat(_recovery?.Present.Select(c => c.Worker) ?? []);
        var report = Scope(recorded);
        foreach (var reported in workers.Distinct().GroupBy(report.Has))
        {
            SendAll(reported, new WorkerProtocol.RunOver(Run, reported.Key));
        }

        if (_order is not null)
        {
            _status.Phase = RunPhase.Ended;
            _status.StartedAt = _clock?.StartedAt;
            _status.Workers = _book?.Seats.Count(s => s.TakesPart) ?? 0;
            _status.Note = _fate.Problem ?? recorded?.Problem ?? _status.Note;
            _status.Folder = recorded?.Folder ?? _status.Folder;
            if (_setup.Options.Recorder is not null)
            {
                _status.Status = recorded?.Status ?? "failed";
                _status.ExitCode = recorded?.ExitCode ?? 1;
            }
        }

        Become(Ended);
        Coordinator.Tell(new Over(_order is null ? null : _status.Now(), recorded?.SummaryJson, report));
    }

    // Without a recorder the listener has been told everything.
    private ReportScope Scope(RunRecorded? recorded) => new(
        recorded is { Problem: null } || (_setup.Options.Recorder is null && _outcome is not null),
        (_book?.Seats ?? []).Select(s => s.Worker).Where(w => !_incomplete.Contains(w)).ToHashSet());

    // The coordinator knows by now, or very soon.
    private void Ended(object message)
    {
        if (message is WorkerProtocol.WindowReport { Window: var late })
        {
            Answer(new WorkerProtocol.WindowAck(Run, late.Worker, late.Number));
        }
    }

    // By node: of two workers on one, the less certain.
    private Dictionary<string, ClockEstimate> Clocks() => _clocks
        .Where(c => _book?.Seat(c.Key) is not null)
        .GroupBy(c => c.Value.Node, c => c.Value.Clock)
        .ToDictionary(g => g.Key, g => g.MaxBy(c => c.ErrorMs)!);
}
