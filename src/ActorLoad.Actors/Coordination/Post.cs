using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Wire;
using Akka.Actor;

namespace ActorLoad.Actors.Coordination;

/// <summary>Sends what may be too large for one frame to many: in pieces to other nodes, as it is within this one.</summary>
internal static class Post
{
    public static bool IsLocal(IActorRef to) => to is IActorRefScope { IsLocal: true };

    public static void SendAll(IEnumerable<IActorRef> to, IActorLoadMessage message, IActorRef sender)
    {
        // Cut once for all: a scenario may carry large feeds.
        IReadOnlyList<IActorLoadMessage>? pieces = null;
        foreach (var receiver in to)
        {
            if (IsLocal(receiver))
            {
                receiver.Tell(message, sender);
                continue;
            }

            foreach (var piece in pieces ??= Parcels.Split(message))
            {
                receiver.Tell(piece, sender);
            }
        }
    }
}
