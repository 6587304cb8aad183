using ActorLoad.Host.Target.Streams;

namespace ActorLoad.Host.Target.Channels;

/// <summary>
/// The last events of a channel and the streams that follow them. Publishers take a lock; streams read without one: the
/// newest id is written last, and a frame tells its own id, so that a reader notices when its place was given to a later event.
/// </summary>
internal sealed class EventRing(int capacity, ChannelCounters counters, ChannelJournal? journal = null)
{
    private const int FirstCapacity = 64;

    private readonly Lock _publishing = new();
    private EventFrame?[] _frames = new EventFrame?[Math.Min(capacity, FirstCapacity)];
    private long _first = 1;
    private long _newest;

    public ChannelCounters Counters { get; } = counters;

    public StreamSet Streams { get; } = new();

    /// <summary>Id of the newest event; 0 before the first.</summary>
    public long Newest => Volatile.Read(ref _newest);

    /// <summary>Id of the oldest event that is still here; newest + 1 when there is none.</summary>
    public long Oldest => Math.Max(Volatile.Read(ref _first), Newest - capacity + 1);

    /// <summary>The event with that id, or null when it was overwritten or never was.</summary>
    public EventFrame? Find(long id)
    {
        var frames = Volatile.Read(ref _frames);
        var frame = Volatile.Read(ref frames[id % frames.Length]);
        return frame?.Id == id ? frame : null;
    }

    /// <summary>Gives the event the next id, keeps it and sends it to every stream. Returns the id.</summary>
    public long Publish<TState>(TState state, Func<long, TState, EventFrame> format)
    {
        long id;
        lock (_publishing)
        {
            id = _newest + 1;
            var frame = format(id, state);
            journal?.Append(frame);
            Keep(frame);
        }

        Counters.CountPublished();
        Streams.SignalAll();
        return id;
    }

    /// <summary>Puts back what a journal kept, before anybody publishes. Ids ascend without holes.</summary>
    public void Restore(IReadOnlyList<EventFrame> frames)
    {
        if (frames.Count == 0)
        {
            return;
        }

        _first = frames[0].Id;
        _newest = _first - 1;
        foreach (var frame in frames)
        {
            Keep(frame);
        }
    }

    private void Keep(EventFrame frame)
    {
        var frames = _frames;
        if (frames.Length < capacity && frame.Id - _first >= frames.Length)
        {
            frames = Grown(frames);
            Volatile.Write(ref _frames, frames);
        }

        Volatile.Write(ref frames[frame.Id % frames.Length], frame);
        Volatile.Write(ref _newest, frame.Id);
    }

    private EventFrame?[] Grown(EventFrame?[] old)
    {
        var frames = new EventFrame?[Math.Min(capacity, old.Length * 4)];
        foreach (var frame in old)
        {
            if (frame is not null)
            {
                frames[frame.Id % frames.Length] = frame;
            }
        }

        return frames;
    }
}
