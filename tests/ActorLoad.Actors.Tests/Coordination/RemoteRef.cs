using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace ActorLoad.Actors.Tests.Coordination;

/// <summary>Passes on what it is told to an actor of this process, and is taken for one on another machine.</summary>
internal sealed class RemoteRef(IActorRef to) : InternalActorRefBase
{
    public override ActorPath Path { get; } = new RootActorPath(new Address("akka.tcp", "elsewhere", "192.0.2.1", 8110)) / to.Path.Name;

    public override IActorRefProvider Provider => ((InternalActorRefBase)to).Provider;

    public override IInternalActorRef Parent => ActorRefs.Nobody;

    public override bool IsLocal => false;

    public override bool IsTerminated => false;

    public override IActorRef GetChild(IReadOnlyList<string> name) => ActorRefs.Nobody;

    public override void Resume(Exception? causedByFailure = null)
    {
    }

    public override void Start()
    {
    }

    public override void Stop()
    {
    }

    public override void Restart(Exception cause)
    {
    }

    public override void Suspend()
    {
    }

    public override void SendSystemMessage(ISystemMessage message)
    {
    }

    protected override void TellInternal(object message, IActorRef sender) => to.Tell(message, sender);
}
