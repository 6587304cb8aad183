namespace ActorLoad.Host.Target.Streams;

/// <summary>What one write carries; counted as sent when the write has completed.</summary>
internal struct StreamBatch
{
    public int Events;
    public int Comments;
    public int Bytes;
    public int Repeats;
    public int Swaps;
    public bool Ends;
}
