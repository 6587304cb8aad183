using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Stats;
using Akka.Actor;

namespace ActorLoad.Actors.Coordination;

/// <summary>
/// Runs scenarios on the registered workers, one at a time. Whoever submits a run hears of every closed second
/// (<see cref="RunSecond"/>) and at last gets the <see cref="RunOutcome"/>.
/// <code>
/// state      SubmitRun           Prepared        StopRun, Aborted   Drained/windows  totals complete  worker failed or lost
/// idle       prepares workers    -               -                  -                -                forgets it
/// preparing  refused (outcome)   all: running    frees them,        -                -                frees them,
///                                                outcome                                             outcome, failed
/// running    refused (outcome)   -               stops the workers  to the ledger    outcome          stops, outcome, failed
/// </code>
/// The workers that are registered when a run is submitted take part in it, and only they: one that comes later waits for the
/// next run, and losing it is no news. Supervision: the statistics child failing fails the run.
/// </summary>
public sealed class CoordinatorActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan PrepareTime = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _time;
    private readonly Dictionary<WorkerId, (IActorRef Actor, string Node)> _workers = [];
    private readonly Dictionary<WorkerId, (IActorRef Actor, string Node)> _taking = [];
    private readonly HashSet<WorkerId> _preparing = [];

    private RunProtocol.SubmitRun? _submitted;
    private IActorRef _listener = ActorRefs.Nobody;
    private IActorRef _stats = ActorRefs.Nobody;
    private DateTimeOffset _startedAt;
    private long _start;
    private StopReason _reason;
    private string? _problem;
    private ThresholdAbort? _abort;

    public CoordinatorActor(CoordinatorOptions options) => _time = options.Time;

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(CoordinatorOptions options) => Akka.Actor.Props.Create(() => new CoordinatorActor(options));

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(maxNrOfRetries: 0, withinTimeMilliseconds: -1, OnStatsFailed, loggingEnabled: true);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RunProtocol.SubmitRun submit:
                Submit(submit);
                break;
            default:
                Common(message);
                break;
        }
    }

    private void Preparing(object message)
    {
        switch (message)
        {
            case WorkerProtocol.Prepared prepared when prepared.Run == _submitted!.Run:
                OnPrepared(prepared);
                break;
            case RunProtocol.StopRun stop when stop.Run == _submitted!.Run:
                _reason = StopReason.Interrupted;
                TellWorkers(new WorkerProtocol.Stop(stop.Run, StopMode.Now));
                Conclude(new StatsTotals());
                break;
            case PrepareTimeout:
                Break($"no answer from worker {string.Join(", ", _preparing)} within {PrepareTime.TotalSeconds:0} s");
                break;
            default:
                Common(message);
                break;
        }
    }

    private void Running(object message)
    {
        switch (message)
        {
            case WorkerProtocol.WindowReport report when report.Window.Run == _submitted!.Run:
            case WorkerProtocol.Drained drained when drained.Run == _submitted!.Run:
                _stats.Forward(message);
                break;
            case ClusterStatsActor.Completed completed when Sender.Equals(_stats):
                Conclude(completed.Totals, completed.Doubts);
                break;
            case StatsFailed failed when failed.Stats.Equals(_stats):
                OnStatsFailed(failed);
                break;
            case ClusterStatsActor.Aborted aborted when Sender.Equals(_stats) && _reason == StopReason.Completed:
                _reason = StopReason.ThresholdAborted;
                _abort = aborted.Abort;
                TellWorkers(new WorkerProtocol.Stop(_submitted!.Run, StopMode.Graceful));
                break;
            case RunProtocol.StopRun stop when stop.Run == _submitted!.Run:
                if (_reason == StopReason.Completed)
                {
                    _reason = StopReason.Interrupted;
                }

                TellWorkers(new WorkerProtocol.Stop(stop.Run, stop.Mode));
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
            case WorkerProtocol.Register register:
                _workers[register.Worker] = (Sender, register.Node);
                Context.WatchWith(Sender, new WorkerLost(register.Worker));
                break;
            case WorkerLost lost:
                OnWorkerLost(lost.Worker);
                break;
            case WorkerProtocol.Failed failed when failed.Run == _submitted?.Run:
                Break($"worker {failed.Worker}: {failed.Problem}");
                break;
            case RunProtocol.SubmitRun submit:
                Sender.Tell(new RunOutcome(
                    submit.Run, StopReason.WorkerFailed, $"run {_submitted!.Run} is in progress", _time.GetUtcNow(), TimeSpan.Zero, new StatsTotals(), []));
                break;
            case WorkerProtocol.WindowReport late:
                // Of a run that is over: without an answer its worker would report it for ever.
                Sender.Tell(new WorkerProtocol.WindowAck(late.Window.Run, late.Window.Worker, late.Window.Number));
                break;
            case WorkerProtocol.Prepared or WorkerProtocol.Drained or WorkerProtocol.Failed or RunProtocol.StopRun
                or PrepareTimeout or ClusterStatsActor.Completed or ClusterStatsActor.Aborted or StatsFailed:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Submit(RunProtocol.SubmitRun submit)
    {
        _submitted = submit;
        _listener = Sender;
        _reason = StopReason.Completed;
        _problem = null;
        _abort = null;
        _startedAt = _time.GetUtcNow();
        _start = _time.GetTimestamp();
        _taking.Clear();
        _preparing.Clear();
        if (_workers.Count == 0)
        {
            Break("there is no worker");
            return;
        }

        Become(Preparing);
        foreach (var (id, worker) in _workers)
        {
            _taking.Add(id, worker);
            _preparing.Add(id);
        }

        var entries = _taking.Select((w, i) => new RosterEntry(w.Key, w.Value.Node, 0, RosterState.Active, [new ShareGrant(1, TimeSpan.Zero, [i])]));
        TellWorkers(new WorkerProtocol.Prepare(submit.Order, new Roster(1, _taking.Count, TimeSpan.Zero, [.. entries])));
        Timers.StartSingleTimer(PrepareTimeout.Instance, PrepareTimeout.Instance, PrepareTime);
    }

    private void OnPrepared(WorkerProtocol.Prepared prepared)
    {
        if (prepared.Problem is { } problem)
        {
            Break(problem);
            return;
        }

        _preparing.Remove(prepared.Worker);
        if (_preparing.Count > 0)
        {
            return;
        }

        Timers.Cancel(PrepareTimeout.Instance);
        Become(Running);
        _stats = Context.ActorOf(ClusterStatsActor.Props(_submitted!.Run, _submitted.Order.Scenario, [.. _taking.Keys], _listener));
        _startedAt = _time.GetUtcNow();
        _start = _time.GetTimestamp();
        TellWorkers(new WorkerProtocol.Start(_submitted.Run, _startedAt));
    }

    private void OnWorkerLost(WorkerId worker)
    {
        _workers.Remove(worker);
        if (_submitted is not null && _taking.ContainsKey(worker))
        {
            Break($"worker {worker} was lost");
        }
    }

    // The run cannot go on: what has been reported until now is its result.
    private void Break(string problem)
    {
        if (_reason == StopReason.WorkerFailed)
        {
            return;
        }

        _reason = StopReason.WorkerFailed;
        _problem = problem;
        TellWorkers(new WorkerProtocol.Stop(_submitted!.Run, StopMode.Now));
        if (_stats.IsNobody())
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
        Timers.CancelAll();
        var submitted = _submitted!;
        _listener.Tell(new RunOutcome(
            submitted.Run,
            _reason,
            _problem,
            _startedAt,
            _time.GetElapsedTime(_start),
            totals,
            [.. _taking.Values.Select(w => w.Node)])
        {
            Abort = _reason == StopReason.ThresholdAborted ? _abort : null,
            Doubts = doubts ?? [],
        });
        if (!_stats.IsNobody())
        {
            Context.Stop(_stats);
            _stats = ActorRefs.Nobody;
        }

        TellWorkers(new WorkerProtocol.RunOver(submitted.Run));
        _submitted = null;
        Become(OnReceive);
    }

    private void TellWorkers(object message)
    {
        foreach (var (actor, _) in _taking.Values)
        {
            actor.Tell(message);
        }
    }

    private Directive OnStatsFailed(Exception error)
    {
        Self.Tell(new StatsFailed(Sender, $"{error.GetType().Name}: {error.Message}"), ActorRefs.NoSender);
        return Directive.Stop;
    }

    // The totals died with the child; nothing is left to wait for.
    private void OnStatsFailed(StatsFailed failed)
    {
        _stats = ActorRefs.Nobody;
        if (_reason == StopReason.WorkerFailed)
        {
            Conclude(new StatsTotals());
        }
        else
        {
            Break($"statistics: {failed.Problem}");
        }
    }

    private sealed record WorkerLost(WorkerId Worker) : INoSerializationVerificationNeeded;

    private sealed record StatsFailed(IActorRef Stats, string Problem) : INoSerializationVerificationNeeded;

    private sealed class PrepareTimeout : INoSerializationVerificationNeeded
    {
        public static readonly PrepareTimeout Instance = new();
    }
}
