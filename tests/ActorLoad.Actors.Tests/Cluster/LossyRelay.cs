using ActorLoad.Messages.Protocol;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Cluster;

/// <summary>
/// Stands between a worker and its coordinator, who each take it for the other. Of what is repeated until it is answered it loses a
/// third and sends a third twice.
/// </summary>
internal sealed class LossyRelay(IActorRef coordinator, int seed) : UntypedActor
{
    private readonly Random _random = new(seed);
    private IActorRef _worker = ActorRefs.Nobody;
    private IActorRef _coordinator = coordinator;

    public static Props Props(IActorRef coordinator, int seed) => Akka.Actor.Props.Create(() => new LossyRelay(coordinator, seed));

    protected override void OnReceive(object message)
    {
        var isFromWorker = message is WorkerProtocol.Hello || Sender.Equals(_worker);
        if (message is WorkerProtocol.Hello)
        {
            _worker = Sender;
        }
        else if (message is WorkerProtocol.HelloAnswer)
        {
            _coordinator = Sender;
        }

        var to = isFromWorker ? _coordinator : _worker;
        for (var copies = IsRepeated(message) ? _random.Next(3) : 1; copies > 0; copies--)
        {
            to.Tell(message, Self);
        }
    }

    private static bool IsRepeated(object message) => message is WorkerProtocol.WindowReport or WorkerProtocol.WindowAck
        or WorkerProtocol.Drained or WorkerProtocol.RunOver or WorkerProtocol.Prepare or WorkerProtocol.Prepared or WorkerProtocol.Start
        or WorkerProtocol.Started or WorkerProtocol.Assign or WorkerProtocol.Assigned or WorkerProtocol.Stop or WorkerProtocol.Register;
}
