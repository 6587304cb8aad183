using ActorLoad.Actors.Coordination.Runs;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Stats;
using ActorLoad.Messages.Wire;
using Akka.Actor;

namespace ActorLoad.Actors.Coordination;

/// <summary>Runs: the queue, the one in hand, and whoever wants to know of them.</summary>
public sealed partial class CoordinatorActor
{
    private static readonly TimeSpan WatchEvery = TimeSpan.FromSeconds(1);

    private IActorRef _run = ActorRefs.Nobody;
    private Roster? _roster;
    private bool _settled;
    private bool _yields;
    private IActorRef? _leaver;

    private void Submit(RunOrder order)
    {
        var problem = _yields || _leaver is not null
            ? $"the coordinator on {_options.Node} is leaving: submit the run again in a moment"
            : OrderCheck.Problem(order) ?? _runs.Submit(order, Sender);
        Sender.Tell(new RunProtocol.SubmitAnswer(order.Run, problem is null ? _runs.PositionOf(order.Run) : 0, problem));
        BeginNext();
    }

    private void BeginNext()
    {
        // A run that is on already goes before all others; a coordinator that is new waits whether there is one.
        var mayBegin = _settled || (_options.Recorder is null && !_workers.AnyRemote);
        if (!_run.IsNobody() || _yields || _leaver is not null || _runs.Next(mayBegin) is not { } next)
        {
            return;
        }

        var setup = new RunSetup(_options, next.Run, next.Order, next.Submitter);
        _run = Context.ActorOf(RunActor.Props(setup), $"run-{next.Run}");
        _run.Tell(new RunActor.Begin(_workers.Cards));
    }

    private void Stop(RunProtocol.StopRun stop)
    {
        var problem = _runs.Problem(stop.Run);
        if (problem is null && _runs.IsInHand(stop.Run))
        {
            _run.Forward(stop);
        }
        else if (problem is null)
        {
            Withdraw(stop.Run);
        }

        Sender.Tell(new RunProtocol.StopAnswer(stop.Run, problem));
    }

    private void Withdraw(RunId run)
    {
        if (_runs.Withdraw(run) is { } submitter && _options.Recorder is null)
        {
            submitter.Tell(new RunOutcome(run, StopReason.Interrupted, null, _time.GetUtcNow(), TimeSpan.Zero, new StatsTotals(), []));
        }
    }

    private void OnRunOver(RunStatus? status, string? summary, ReportScope report)
    {
        Context.Stop(_run);
        _run = ActorRefs.Nobody;
        _roster = null;
        if (_runs.InHand is { } run)
        {
            _runs.End(status, summary, report);
            _workers.RunOver(run);
            TellWatchers();
        }

        _leaver?.Tell(Left.Instance);
        BeginNext();
    }

    private Directive OnRunFailed(Exception error)
    {
        Self.Tell(new RunFailed(Sender, $"{error.GetType().Name}: {error.Message}"), ActorRefs.NoSender);
        return Directive.Stop;
    }

    // What it knew of the run died with it; its workers are told by the first message that they send.
    private void OnRunFailed(RunFailed failed)
    {
        var problem = $"the run broke: {failed.Problem}";
        var run = _runs.InHand!.Value;
        if (_options.Recorder is null)
        {
            _runs.Submitter.Tell(new RunOutcome(run, StopReason.WorkerFailed, problem, _time.GetUtcNow(), TimeSpan.Zero, new StatsTotals(), []));
        }

        var workers = _roster?.Workers.Select(w => w.Worker).ToHashSet() ?? [];
        foreach (var card in _workers.Cards.Where(c => workers.Contains(c.Worker)))
        {
            card.Actor.Tell(new WorkerProtocol.Stop(run, StopMode.Now));
            card.Actor.Tell(new WorkerProtocol.RunOver(run, Reported: false));
        }

        OnRunOver(_runs.Failed(problem), null, ReportScope.None);
    }

    private void Watch(RunId run)
    {
        var status = _runs.StatusOf(run);
        if (status is { Phase: not RunPhase.Ended })
        {
            _watchers.Add(run, Sender, _time.GetTimestamp());
        }

        Parcels.Tell(Sender, new RunProtocol.WatchAnswer(run, status), Self);
    }

    private void TellWatchers()
    {
        foreach (var (run, watchers) in _watchers.Due(_time))
        {
            var status = _runs.StatusOf(run);
            Post.SendAll(watchers, new RunProtocol.WatchAnswer(run, status), Self);
            if (status is null or { Phase: RunPhase.Ended })
            {
                _watchers.Forget(run);
            }
        }
    }

    private void OnLeave(Leave leave)
    {
        if (leave.OthersStandBy || _run.IsNobody())
        {
            _yields = true;
            Sender.Tell(Left.Instance);
            return;
        }

        _leaver = Sender;
        _runs.Queued.ToList().ForEach(Withdraw);
        _run.Tell(new RunProtocol.StopRun(_runs.InHand!.Value, StopMode.Graceful));
    }
}
