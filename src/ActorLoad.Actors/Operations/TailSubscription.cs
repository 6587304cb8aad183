using Akka.Actor;

namespace ActorLoad.Actors.Operations;

/// <summary>Feeds a listener with cluster events until it is disposed.</summary>
internal sealed class TailSubscription : IDisposable
{
    private readonly ActorSystem _system;
    private readonly IActorRef _tail;

    public TailSubscription(ActorSystem system, Action<string> onLine)
    {
        _system = system;
        _tail = system.ActorOf(Props.Create(() => new TailActor(onLine)));
    }

    public void Dispose() => _system.Stop(_tail);
}
