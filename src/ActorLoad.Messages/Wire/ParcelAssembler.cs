using ActorLoad.Messages.Protocol;

namespace ActorLoad.Messages.Wire;

/// <summary>
/// Puts the pieces of messages together again, in whatever order they come. Bounded: of what is incomplete the oldest is given
/// up when there are more than <see cref="MostOpen"/> or they hold more than <see cref="MostBytes"/>.
/// </summary>
public sealed class ParcelAssembler
{
    public const int MostOpen = 16;

    /// <summary>More than the largest feeds that a scenario may have.</summary>
    public const long MostBytes = 128L * 1024 * 1024;

    private static readonly string OfParcel = WireMessages.Manifests.Single(m => m.Value == typeof(Parcel)).Key;

    private readonly List<Open> _open = [];

    /// <summary>No message is waiting for pieces.</summary>
    public bool IsEmpty => _open.Count == 0;

    /// <returns>The message when this was its last missing piece, else null.</returns>
    /// <exception cref="WireFormatException">The piece contradicts the others, or together they are no message.</exception>
    public IActorLoadMessage? Add(Parcel parcel)
    {
        if (parcel.Count < 1 || parcel.Index < 0 || parcel.Index >= parcel.Count || (long)parcel.Count * Parcels.PieceBytes > MostBytes + Parcels.PieceBytes)
        {
            throw new WireFormatException($"there is no piece {parcel.Index} of {parcel.Count}");
        }

        if (parcel.Manifest == OfParcel)
        {
            // Whoever takes messages in pieces would go on for as deep as they are packed.
            throw new WireFormatException("a message in pieces has a piece of a message in it");
        }

        var open = _open.Find(o => o.Id == parcel.Id);
        if (open is null)
        {
            _open.Add(open = new Open(parcel.Id, parcel.Manifest, new byte[]?[parcel.Count]));
        }
        else if (open.Pieces.Length != parcel.Count || open.Manifest != parcel.Manifest)
        {
            _open.Remove(open);
            throw new WireFormatException("pieces of one message contradict each other");
        }

        open.Add(parcel.Index, parcel.Bytes);
        if (open.Missing > 0)
        {
            GiveUpOldest(open);
            return null;
        }

        _open.Remove(open);
        return WireMessages.Decode(open.Manifest, open.Joined());
    }

    private void GiveUpOldest(Open newest)
    {
        while (_open.Count > MostOpen || _open.Sum(o => o.Bytes) > MostBytes)
        {
            _open.RemoveAt(_open[0] == newest && _open.Count > 1 ? 1 : 0);
        }
    }

    private sealed class Open(string id, string manifest, byte[]?[] pieces)
    {
        public string Id { get; } = id;

        public string Manifest { get; } = manifest;

        public byte[]?[] Pieces { get; } = pieces;

        public long Bytes { get; private set; }

        public int Missing { get; private set; } = pieces.Length;

        public void Add(int index, byte[] bytes)
        {
            if (Pieces[index] is null)
            {
                Pieces[index] = bytes;
                Bytes += bytes.Length;
                Missing--;
            }
        }

        public byte[] Joined()
        {
            var joined = new byte[Bytes];
            var at = 0;
            foreach (var piece in Pieces)
            {
                piece!.CopyTo(joined, at);
                at += piece.Length;
            }

            return joined;
        }
    }
}
