using System.Collections.Concurrent;
using System.Globalization;

namespace ActorLoad.Host.Target.Channels;

/// <summary>
/// The timed channels by name, interval and spread; one comes to life when it is first asked for and then runs on. Their
/// number is bounded, because clients choose the names.
/// </summary>
internal sealed class ChannelDirectory(
    TargetOptions options, TargetClock clock, CounterDirectory counters, JournalFolder journals, Func<bool> paused) : IAsyncDisposable
{
    internal const int MostChannels = 1024;
    private const int MostSlots = 100;
    private static readonly TimeSpan ShortestSlot = TimeSpan.FromMilliseconds(10);

    private readonly ConcurrentDictionary<string, Lazy<TimedChannel>> _channels = new();

    /// <summary>The channel, started if need be; null when there are too many.</summary>
    /// <param name="name">A checked name.</param>
    /// <param name="interval">An own interval, which makes a channel of its own; null takes the target's.</param>
    /// <param name="spread">Whether its streams are spread over the interval, which makes a channel of its own, too.</param>
    public TimedChannel? Get(string name, TimeSpan? interval, bool spread)
    {
        var key = name;
        if (interval is { } own)
        {
            key += string.Create(CultureInfo.InvariantCulture, $"@{(long)own.TotalMilliseconds}");
        }

        if (spread)
        {
            key += "~spread";
        }

        if (_channels.TryGetValue(key, out var known))
        {
            return known.Value;
        }

        return _channels.Count >= MostChannels
            ? null
            : _channels.GetOrAdd(key, k => new Lazy<TimedChannel>(() => Start(k, name, interval ?? Default(name), spread))).Value;
    }

    public IEnumerable<EventRing> Rings => Channels.SelectMany(c => c.Slots);

    public void AwaitQuiet()
    {
        foreach (var channel in Channels)
        {
            channel.AwaitQuiet();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in Channels)
        {
            await channel.DisposeAsync().ConfigureAwait(false);
        }
    }

    private IEnumerable<TimedChannel> Channels => _channels.Where(c => c.Value.IsValueCreated).Select(c => c.Value.Value);

    private TimeSpan Default(string name) =>
        name == "heartbeat" && options.HeartbeatInterval > TimeSpan.Zero ? options.HeartbeatInterval : options.Interval;

    private TimedChannel Start(string key, string name, TimeSpan interval, bool spread)
    {
        var slots = spread ? Math.Clamp((int)(interval / ShortestSlot), 1, MostSlots) : 1;

        // Slots share the ring size, or a hundred copies of the same events would be kept.
        var capacity = slots == 1 ? options.RingSize : Math.Max(Math.Min(64, options.RingSize), options.RingSize / slots);
        var rings = new EventRing[slots];
        for (var i = 0; i < slots; i++)
        {
            rings[i] = journals.Ring(slots == 1 ? key : $"{key}-{i}", capacity, counters.Get(key));
        }

        return new TimedChannel(name, interval, options.Seed, clock, rings, paused);
    }
}
