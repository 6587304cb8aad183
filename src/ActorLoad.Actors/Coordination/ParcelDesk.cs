using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Wire;
using Akka.Actor;

namespace ActorLoad.Actors.Coordination;

/// <summary>
/// Puts the pieces of messages from many nodes together. Each node has a place of its own, so that none can crowd out what the
/// others send; what cannot be put together is dropped, and whoever sent it says it again. Plain logic.
/// </summary>
internal sealed class ParcelDesk
{
    private const int MostNodes = 1000;

    private readonly Dictionary<Address, ParcelAssembler> _nodes = [];

    /// <returns>The message when this was its last missing piece, else null.</returns>
    public IActorLoadMessage? Add(Parcel parcel, Address from)
    {
        if (!_nodes.TryGetValue(from, out var assembler))
        {
            if (_nodes.Count == MostNodes)
            {
                _nodes.Clear();
            }

            _nodes.Add(from, assembler = new ParcelAssembler());
        }

        try
        {
            return assembler.Add(parcel);
        }
        catch (WireFormatException)
        {
            return null;
        }
        finally
        {
            if (assembler.IsEmpty)
            {
                _nodes.Remove(from);
            }
        }
    }
}
