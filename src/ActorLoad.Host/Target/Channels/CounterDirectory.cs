using System.Collections.Concurrent;

namespace ActorLoad.Host.Target.Channels;

/// <summary>The counters of all channels by name.</summary>
internal sealed class CounterDirectory
{
    private readonly ConcurrentDictionary<string, ChannelCounters> _counters = new();

    public IEnumerable<ChannelCounters> All => _counters.Select(c => c.Value);

    public ChannelCounters Get(string name) => _counters.GetOrAdd(name, static n => new ChannelCounters(n));
}
