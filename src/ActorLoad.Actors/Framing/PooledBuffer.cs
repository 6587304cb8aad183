using System.Buffers;

namespace ActorLoad.Actors.Framing;

/// <summary>
/// Bytes that grow in a rented array. Empty and released it holds nothing, so that thousands of idle decoders cost nothing.
/// Mutable struct: keep it in a field, never copy it.
/// </summary>
internal struct PooledBuffer
{
    private byte[]? _array;
    private int _length;

    public readonly int Length => _length;

    public readonly ReadOnlySpan<byte> Span => new(_array, 0, _length);

    /// <param name="bytes">Must not lie in this buffer.</param>
    /// <param name="pool">The same pool in every call.</param>
    public void Append(ReadOnlySpan<byte> bytes, ArrayPool<byte> pool)
    {
        EnsureRoom(bytes.Length, pool);
        bytes.CopyTo(_array.AsSpan(_length));
        _length += bytes.Length;
    }

    public void Append(byte value, ArrayPool<byte> pool)
    {
        EnsureRoom(1, pool);
        _array![_length++] = value;
    }

    public void Set(ReadOnlySpan<byte> bytes, ArrayPool<byte> pool)
    {
        _length = 0;
        Append(bytes, pool);
    }

    /// <summary>Forgets the bytes and keeps the array for the next ones.</summary>
    public void Clear() => _length = 0;

    /// <summary>Forgets the bytes and returns the array to the pool.</summary>
    public void Release(ArrayPool<byte> pool)
    {
        _length = 0;
        if (_array is { } array)
        {
            _array = null;
            pool.Return(array);
        }
    }

    private void EnsureRoom(int more, ArrayPool<byte> pool)
    {
        if (more > (_array?.Length ?? 0) - _length)
        {
            Grow(_length + more, pool);
        }
    }

    private void Grow(int needed, ArrayPool<byte> pool)
    {
        // The shared pool rounds up to a power of two, which is the doubling that keeps repeated appends linear.
        var larger = pool.Rent(needed);
        Span.CopyTo(larger);
        if (_array is { } outgrown)
        {
            pool.Return(outgrown);
        }

        _array = larger;
    }
}
