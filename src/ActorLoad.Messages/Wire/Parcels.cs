using ActorLoad.Messages.Protocol;
using Akka.Actor;

namespace ActorLoad.Messages.Wire;

/// <summary>Cuts messages that are too large for one frame into pieces. Heartbeats share the connection: no piece holds them up for long.</summary>
public static class Parcels
{
    /// <summary>A message up to this many bytes travels whole.</summary>
    public const int PieceBytes = 60 * 1024;

    /// <returns>The message itself, or its pieces in order.</returns>
    public static IReadOnlyList<IActorLoadMessage> Split(IActorLoadMessage message)
    {
        var bytes = WireMessages.Encode(message);
        if (bytes.Length <= PieceBytes)
        {
            return [message];
        }

        var id = Guid.NewGuid().ToString("N");
        var manifest = WireMessages.ManifestOf(message);
        var pieces = bytes.Chunk(PieceBytes).ToList();
        return [.. pieces.Select((piece, i) => new Parcel(id, i, pieces.Count, manifest, piece))];
    }

    /// <summary>Tells a message that may be large: whole within a process, else in as many pieces as it takes.</summary>
    public static void Tell(ICanTell to, IActorLoadMessage message, IActorRef sender)
    {
        if (to is IActorRefScope { IsLocal: true })
        {
            to.Tell(message, sender);
            return;
        }

        foreach (var piece in Split(message))
        {
            to.Tell(piece, sender);
        }
    }
}
