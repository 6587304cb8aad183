using System.Collections.Concurrent;
using ActorLoad.Host.Target.Channels;
using ActorLoad.Host.Target.Stats;

namespace ActorLoad.Host.Target.Chat;

/// <summary>The chat rooms by name; their number is bounded, because clients choose the names.</summary>
internal sealed class RoomDirectory(TargetOptions options, TargetClock clock, CounterDirectory counters, JournalFolder journals, TargetCounters totals)
{
    internal const int MostRooms = 10_000;

    private readonly ConcurrentDictionary<string, Lazy<ChatRoom>> _rooms = new();

    public IEnumerable<EventRing> Rings => _rooms.Where(r => r.Value.IsValueCreated).Select(r => r.Value.Value.Ring);

    /// <summary>The room, made if need be; null when there are too many.</summary>
    public ChatRoom? Get(string name)
    {
        if (_rooms.TryGetValue(name, out var known))
        {
            return known.Value;
        }

        return _rooms.Count >= MostRooms ? null : _rooms.GetOrAdd(name, n => new Lazy<ChatRoom>(() => Make(n))).Value;
    }

    /// <summary>Posts and counts; returns the message's id.</summary>
    public long Post(ChatRoom room, string user, string text)
    {
        totals.Add(TargetCounter.ChatMessages);
        return room.Post(user, text);
    }

    /// <summary>Announces and counts.</summary>
    public void Announce(ChatRoom room, string user, string action)
    {
        totals.Add(TargetCounter.ChatPresences);
        room.Announce(user, action);
    }

    private ChatRoom Make(string name)
    {
        var key = "chat/" + name;
        return new ChatRoom(name, journals.Ring(key, options.RingSize, counters.Get(key)), clock);
    }
}
