using System.Buffers;
using ActorLoad.Host.Target.Channels;

namespace ActorLoad.Host.Target.Streams;

/// <summary>What one write carries; counted as sent when the write has completed.</summary>
internal struct StreamBatch
{
    public int Events;
    public int Comments;
    public int Bytes;
    public int Repeats;
    public int Swaps;
    public int Lates;

    /// <summary>The stream ends after this write.</summary>
    public bool Ends;

    public void Add(IBufferWriter<byte> buffer, EventFrame frame)
    {
        Events++;
        Ends |= frame.Ends;
        Add(buffer, frame.Bytes);
    }

    public void AddComment(IBufferWriter<byte> buffer, byte[] bytes)
    {
        Comments++;
        Add(buffer, bytes);
    }

    private void Add(IBufferWriter<byte> buffer, byte[] bytes)
    {
        Bytes += bytes.Length;
        buffer.Write(bytes);
    }
}
