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
    private bool _completed;

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
                Sender.Tell(new WorkerProtocol.WindowAck(report.Window.Run, report.Window.Worker, report.Window.Number));
                CloseSeconds();
                break;
            case WorkerProtocol.Drained drained:
                _ledger.Drained(drained.Worker, drained.LastWindow);
                CloseSeconds();
                break;
            case GetTotals:
                Sender.Tell(new Completed(_ledger.Totals));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void CloseSeconds()
    {
        while (_ledger.CloseNext() is { } second)
        {
            _listener.Tell(second);
        }

        if (_ledger.IsComplete && !_completed)
        {
            _completed = true;
            Context.Parent.Tell(new Completed(_ledger.Totals));
        }
    }

    /// <summary>Asks for what there is, when a run breaks; answered with <see cref="Completed"/>.</summary>
    public sealed class GetTotals : INoSerializationVerificationNeeded
    {
        public static readonly GetTotals Instance = new();
    }

    /// <summary>To the parent: the totals of the run. The sender does not touch them any more.</summary>
    public sealed record Completed(StatsTotals Totals) : INoSerializationVerificationNeeded;
}
