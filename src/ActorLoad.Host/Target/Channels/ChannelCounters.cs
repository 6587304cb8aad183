namespace ActorLoad.Host.Target.Channels;

/// <summary>How much one channel published, and how many events of it were written to streams.</summary>
internal sealed class ChannelCounters(string name)
{
    private long _published;
    private long _sent;

    public string Name { get; } = name;

    public long Published => Volatile.Read(ref _published);

    public long Sent => Volatile.Read(ref _sent);

    public void CountPublished() => Interlocked.Increment(ref _published);

    public void CountSent(int events) => Interlocked.Add(ref _sent, events);

    public void Reset()
    {
        Interlocked.Exchange(ref _published, 0);
        Interlocked.Exchange(ref _sent, 0);
    }
}
