namespace ActorLoad.Actors.Transport;

/// <summary>
/// Bytes of one read. A source reuses one instance: it is valid until the next pull, and the receiver keeps nothing of it.
/// </summary>
public sealed class ByteChunk
{
    private byte[] _buffer = [];

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, Count);

    public int Count { get; private set; }

    /// <summary>When the bytes were ready to be read, in timestamp ticks, taken before any queue.</summary>
    public long ReadAt { get; private set; }

    public void Set(byte[] buffer, int count, long readAt) => (_buffer, Count, ReadAt) = (buffer, count, readAt);

    public void Clear() => (_buffer, Count) = ([], 0);
}
