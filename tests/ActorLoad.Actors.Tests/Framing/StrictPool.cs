using System.Buffers;
using System.Numerics;

namespace ActorLoad.Actors.Tests.Framing;

/// <summary>
/// A pool that makes misuse visible: it hands out arrays of exactly the wished size, overwrites what comes back, refuses
/// what it did not rent out, and counts.
/// </summary>
internal sealed class StrictPool(bool powersOfTwo = false) : ArrayPool<byte>
{
    private readonly HashSet<byte[]> _out = new(ReferenceEqualityComparer.Instance);
    private readonly List<byte[]> _free = [];

    public int Outstanding => _out.Count;

    public long OutstandingBytes { get; private set; }

    public long PeakBytes { get; private set; }

    public override byte[] Rent(int minimumLength)
    {
        // Powers of two are what the shared pool hands out.
        var length = powersOfTwo ? (int)Math.Max(16, BitOperations.RoundUpToPowerOf2((uint)minimumLength)) : minimumLength;
        var array = TakeFree(length);
        _out.Add(array);
        OutstandingBytes += length;
        PeakBytes = Math.Max(PeakBytes, OutstandingBytes);
        return array;
    }

    public override void Return(byte[] array, bool clearArray = false)
    {
        Assert.True(_out.Remove(array), "an array was returned twice or never rented");
        OutstandingBytes -= array.Length;
        Array.Fill(array, (byte)'#');
        _free.Add(array);
    }

    private byte[] TakeFree(int length)
    {
        for (var i = 0; i < _free.Count; i++)
        {
            if (_free[i].Length == length)
            {
                var array = _free[i];
                _free.RemoveAt(i);
                return array;
            }
        }

        return new byte[length];
    }
}
