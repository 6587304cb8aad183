using ActorLoad.Actors.Verdicts;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using Akka.Actor;

namespace ActorLoad.Actors.Coordination;

/// <summary>
/// Merges the windows of a run, acknowledges each to whoever reported it, and tells the run's listener of every second that
/// closes. A second that closes is also judged: was a worker the bottleneck, and does a
/// threshold end the run? A window is acknowledged when it is in the ledger; one that was there already is acknowledged again. It is
/// told every <see cref="RunMark"/>, and puts it into its second.
/// </summary>
internal sealed class ClusterStatsActor : UntypedActor
{
    private readonly WindowLedger _ledger;
    private readonly AbortWatch _aborts;
    private readonly GeneratorJudge _judge = new();
    private readonly IActorRef _listener;
    private readonly HashSet<WorkerId> _finishing = [];

    private DateTimeOffset? _start;
    private bool _aborted;

    public ClusterStatsActor(RunId run, Scenario scenario, IReadOnlyList<WorkerId> workers, IActorRef listener)
    {
        _ledger = new WindowLedger(run, workers);
        _aborts = new AbortWatch(scenario.Thresholds, scenario.Load.Duration);
        _listener = listener;
    }

    /// <param name="workers">Those whose windows begin with the run; others join.</param>
    public static Props Props(RunId run, Scenario scenario, IReadOnlyList<WorkerId> workers, IActorRef listener) =>
        Akka.Actor.Props.Create(() => new ClusterStatsActor(run, scenario, workers, listener));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WorkerProtocol.WindowReport report when _ledger.IsTooFar(report.Window):
                // Not acknowledged, it comes again.
                break;
            case WorkerProtocol.WindowReport report:
                _ledger.Add(report.Window);
                Acknowledge(report.Window);
                CloseSeconds();
                break;
            case WorkerProtocol.Drained drained:
                _ledger.Drained(drained.Worker, drained.LastWindow);
                _finishing.Add(drained.Worker);
                CloseSeconds();
                break;
            case Joined joined:
                _ledger.Join(joined.Worker, joined.FirstWindow);
                break;
            case Lost lost:
                _ledger.Lost(lost.Worker);
                CloseSeconds();
                break;
            case Skip skip:
                _ledger.Skip(skip.Worker, skip.FirstWindow);
                CloseSeconds();
                break;
            case RunMark mark:
                _ledger.Mark(mark);
                break;
            case GiveUp:
                _ledger.GiveUp();
                CloseSeconds();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    // Whoever got the totals owns them.
    private void Done(object message)
    {
        switch (message)
        {
            case WorkerProtocol.WindowReport report:
                Acknowledge(report.Window);
                break;
            case WorkerProtocol.Drained or GiveUp or Joined or Lost or Skip or RunMark:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Acknowledge(StatsWindow window) =>
        Sender.Tell(new WorkerProtocol.WindowAck(window.Run, window.Worker, window.Number));

    private void CloseSeconds()
    {
        while (_ledger.CloseNext() is { } second)
        {
            _listener.Tell(second);
            Judge(second);
        }

        foreach (var worker in _finishing.Where(_ledger.HasAll).ToList())
        {
            _finishing.Remove(worker);
            Context.Parent.Tell(new Finished(worker));
        }

        if (_ledger.IsComplete)
        {
            Become(Done);
            Context.Parent.Tell(new Completed(_ledger.Totals, _judge.Doubts));
        }
    }

    private void Judge(RunSecond second)
    {
        var from = second.Start - (_start ??= second.Start);
        foreach (var (worker, health) in second.Second.Health)
        {
            _judge.Add(worker, from, second.Length, health);
        }

        if (!_aborted && _aborts.Check(_ledger.Totals, from + second.Length) is { } abort)
        {
            _aborted = true;
            Context.Parent.Tell(new Aborted(abort));
        }
    }

    /// <summary>From the parent: another worker takes part.</summary>
    public sealed record Joined(WorkerId Worker, int FirstWindow) : INoSerializationVerificationNeeded;

    /// <summary>From the parent: nothing comes from this worker any more, and nothing is waited for.</summary>
    public sealed record Lost(WorkerId Worker) : INoSerializationVerificationNeeded;

    /// <summary>From the parent: the windows of this worker before that one will not come.</summary>
    public sealed record Skip(WorkerId Worker, int FirstWindow) : INoSerializationVerificationNeeded;

    /// <summary>To the parent: this worker has drained, and all of its windows are here.</summary>
    public sealed record Finished(WorkerId Worker) : INoSerializationVerificationNeeded;

    /// <summary>From the parent: the run broke, what there is makes up its totals. Leads to <see cref="Completed"/>.</summary>
    public sealed class GiveUp : INoSerializationVerificationNeeded
    {
        public static readonly GiveUp Instance = new();
    }

    /// <summary>To the parent: a threshold does not hold that is to end the run. Told once.</summary>
    public sealed record Aborted(ThresholdAbort Abort) : INoSerializationVerificationNeeded;

    /// <summary>To the parent: the totals of the run. The sender does not touch them any more.</summary>
    public sealed record Completed(StatsTotals Totals, IReadOnlyList<GeneratorDoubt> Doubts) : INoSerializationVerificationNeeded;
}
