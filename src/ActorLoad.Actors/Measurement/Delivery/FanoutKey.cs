using System.Text;

namespace ActorLoad.Actors.Measurement.Delivery;

/// <summary>
/// Names an event so that every receiver of it on every worker gives it the same name: FNV-1a with 64 bits
/// (datatracker.ietf.org/doc/html/draft-eastlake-fnv) over what identifies it, its bits mixed at the end. The language's own
/// hash codes differ from process to process.
/// </summary>
internal static class FanoutKey
{
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static ulong OfStream(string name) => Add(Basis, Encoding.UTF8.GetBytes(name));

    /// <returns>Never 0 or <see cref="ulong.MaxValue"/>.</returns>
    public static ulong Of(ulong stream, ReadOnlySpan<byte> key, ReadOnlySpan<byte> number, ReadOnlySpan<byte> sentAt)
    {
        var hash = Add(Add(Add(stream, key), number), sentAt);
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash ^= hash >> 29;
        return hash is 0 or ulong.MaxValue ? 1 : hash;
    }

    // The end of each part counts as a byte that occurs in no UTF-8 text, so that "1" + "23" is not "12" + "3".
    private static ulong Add(ulong hash, ReadOnlySpan<byte> part)
    {
        foreach (var b in part)
        {
            hash = (hash ^ b) * Prime;
        }

        return (hash ^ 0xff) * Prime;
    }
}
