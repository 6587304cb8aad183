using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Stats;
using Akka.Actor;

namespace ActorLoad.Actors.Coordination;

/// <summary>
/// Merges the windows of a run, acknowledges each to whoever reported it, and tells the run's listener of every second that
/// closes. A window is acknowledged when it is in the ledger; one that was there already is acknowledged again.
/// </summary>
internal sealed class ClusterStatsActor : UntypedActor
{
    private readonly WindowLedger _ledger;
    private readonly IActorRef _listener;

    public ClusterStatsActor(RunId run, IReadOnlyList<WorkerId> workers, IActorRef listener)
    {
        _ledger = new WindowLedger(run, workers);
        _listener = listener;
    }

    public static Props Props(RunId run, IReadOnlyList<WorkerId> workers, IActorRef listener) =>
        Akka.Actor.Props.Create(() => new ClusterStatsActor(run, workers, listener));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WorkerProtocol.WindowReport report:
                _ledger.Add(report.Window);
                Acknowledge(report.Window);
                CloseSeconds();
                break;
            case WorkerProtocol.Drained drained:
                _ledger.Drained(drained.Worker, drained.LastWindow);
                CloseSeconds();
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
            case WorkerProtocol.Drained or GiveUp:
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
        }

        if (_ledger.IsComplete)
        {
            Become(Done);
            Context.Parent.Tell(new Completed(_ledger.Totals));
        }
    }

    /// <summary>From the parent: the run broke, what there is makes up its totals. Leads to <see cref="Completed"/>.</summary>
    public sealed class GiveUp : INoSerializationVerificationNeeded
    {
        public static readonly GiveUp Instance = new();
    }

    /// <summary>To the parent: the totals of the run. The sender does not touch them any more.</summary>
    public sealed record Completed(StatsTotals Totals) : INoSerializationVerificationNeeded;
}
