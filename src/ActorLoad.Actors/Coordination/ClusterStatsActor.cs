using ActorLoad.Actors.Verdicts;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using Akka.Actor;
using Akka.Event;

namespace ActorLoad.Actors.Coordination;

/// <summary>
/// Merges the windows of a run, acknowledges each to whoever reported it, and tells the run's listener of every second that
/// closes. A second that closes is also judged: was a worker the bottleneck, and does a
/// threshold end the run? A window is acknowledged when it is in the ledger; one that was there already is acknowledged again; one that
/// makes no sense is dropped, counted and logged once a minute. It is told every <see cref="RunMark"/>, and puts it into its second.
/// </summary>
internal sealed class ClusterStatsActor : UntypedActor, IWithTimers
{
    /// <summary>
    /// When no second has closed for so long although windows of later ones are here, those that are missing are not waited for any
    /// more. What is lost on its way comes again within seconds.
    /// </summary>
    public static readonly TimeSpan MissingPatience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan LogEvery = TimeSpan.FromMinutes(1);

    private readonly WindowLedger _ledger;
    private readonly AbortWatch _aborts;
    private readonly GeneratorJudge _judge = new();
    private readonly IActorRef _listener;
    private readonly HashSet<WorkerId> _finishing = [];

    private readonly ILoggingAdapter _log = Context.GetLogger();

    private DateTimeOffset? _start;
    private bool _aborted;
    private long _senseless;

    public ClusterStatsActor(RunId run, Scenario scenario, IReadOnlyList<WorkerId> workers, IActorRef listener)
    {
        _ledger = new WindowLedger(run, workers);
        _aborts = new AbortWatch(scenario.Thresholds, scenario.Load.Duration);
        _listener = listener;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="workers">Those whose windows begin with the run; others join.</param>
    public static Props Props(RunId run, Scenario scenario, IReadOnlyList<WorkerId> workers, IActorRef listener) =>
        Akka.Actor.Props.Create(() => new ClusterStatsActor(run, scenario, workers, listener));

    protected override void PreStart() => ArmMissing();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WorkerProtocol.WindowReport report when _ledger.IsTooFar(report.Window.Number):
                // Not acknowledged, it comes again.
                break;
            case WorkerProtocol.WindowReport report:
                _ledger.Add(report.Window);
                Acknowledge(report.Window);
                CloseSeconds();
                break;
            case WorkerProtocol.Drained drained when _ledger.IsTooFar(drained.LastWindow):
                // It says so again until the run is over.
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
            case MissingDue:
                SkipMissing();
                break;
            case LogDue:
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
            case WorkerProtocol.Drained or GiveUp or Joined or Lost or Skip or RunMark or MissingDue or LogDue:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void TellSenseless()
    {
        foreach (var (window, problem) in _ledger.TakeSenseless())
        {
            _senseless++;
            Context.Parent.Tell(new Missing(window.Worker, window.Number, window.Number + 1, 1));
            if (!Timers.IsTimerActive(LogDue.Instance))
            {
                Timers.StartSingleTimer(LogDue.Instance, LogDue.Instance, LogEvery);
                _log.Warning("Window {0} of worker {1} makes no sense and was dropped, {2} so far: {3}", window.Number, window.Worker, _senseless, problem);
            }
        }
    }

    private void SkipMissing()
    {
        foreach (var (worker, first, next, count) in _ledger.SkipMissing())
        {
            Context.Parent.Tell(new Missing(worker, first, next, count));
        }

        ArmMissing();
        CloseSeconds();
    }

    private void ArmMissing() => Timers.StartSingleTimer(MissingDue.Instance, MissingDue.Instance, MissingPatience);

    private void Acknowledge(StatsWindow window) =>
        Sender.Tell(new WorkerProtocol.WindowAck(window.Run, window.Worker, window.Number));

    private void CloseSeconds()
    {
        while (_ledger.CloseNext() is { } second)
        {
            ArmMissing();
            _listener.Tell(second);
            Judge(second);
        }

        TellSenseless();
        foreach (var worker in _finishing.Where(_ledger.HasAll).ToList())
        {
            _finishing.Remove(worker);
            Context.Parent.Tell(new Finished(worker));
        }

        if (_ledger.IsComplete)
        {
            Timers.CancelAll();
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

    /// <summary>To the parent: windows of this worker did not come, or made no sense; nothing waits for them any more.</summary>
    /// <param name="First">Number of the first one that is missing.</param>
    /// <param name="Next">That of the first one after the last.</param>
    public sealed record Missing(WorkerId Worker, int First, int Next, int Count) : INoSerializationVerificationNeeded;

    /// <summary>To the parent: a threshold does not hold that is to end the run. Told once.</summary>
    public sealed record Aborted(ThresholdAbort Abort) : INoSerializationVerificationNeeded;

    /// <summary>To the parent: the totals of the run. The sender does not touch them any more.</summary>
    public sealed record Completed(StatsTotals Totals, IReadOnlyList<GeneratorDoubt> Doubts) : INoSerializationVerificationNeeded;

    private sealed class MissingDue : INoSerializationVerificationNeeded
    {
        public static readonly MissingDue Instance = new();
    }

    /// <summary>A senseless window is worth a word again.</summary>
    private sealed class LogDue : INoSerializationVerificationNeeded
    {
        public static readonly LogDue Instance = new();
    }
}
