using System.Collections.Concurrent;

namespace ActorLoad.Host.Target.Channels;

/// <summary>Makes rings, each with its journal when the target has a folder for them.</summary>
internal sealed class JournalFolder(string? folder) : IDisposable
{
    private readonly ConcurrentBag<ChannelJournal> _journals = [];

    public EventRing Ring(string key, int capacity, ChannelCounters counters)
    {
        if (folder is null)
        {
            return new EventRing(capacity, counters);
        }

        var journal = new ChannelJournal(Path.Combine(folder, key.Replace('/', '~') + ".sse"), capacity);
        _journals.Add(journal);
        var ring = new EventRing(capacity, counters, journal);
        ring.Restore(journal.Frames);
        return ring;
    }

    public void Dispose()
    {
        foreach (var journal in _journals)
        {
            journal.Dispose();
        }
    }
}
