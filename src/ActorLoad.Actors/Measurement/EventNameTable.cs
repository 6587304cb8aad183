using System.Collections.Concurrent;
using System.Text;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Measurement;

/// <summary>
/// Counts events by name without making strings: names are looked up as the bytes that arrived. A target that invents names
/// without end fills the table once; further names count as <see cref="Other"/>.
/// </summary>
public sealed class EventNameTable
{
    public const string Default = "message";
    public const string Other = "(other)";
    private const int MaxNames = 200;
    private const int MaxNameLength = 200;

    private readonly ConcurrentDictionary<byte[], int> _indexes = new(ByteComparer.Instance);
    private readonly ConcurrentDictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    private readonly string[] _names = new string[MaxNames];
    private readonly StripedCounters _counts = new(MaxNames);
    private readonly long[] _taken = new long[MaxNames];
    private int _used = 2;

    public EventNameTable()
    {
        _names[0] = Other;
        _names[1] = Default;
        _indexes["message"u8.ToArray()] = 1;
        _indexes[[]] = 1;
        _lookup = _indexes.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public void Count(ReadOnlySpan<byte> name)
    {
        if (!_lookup.TryGetValue(name, out var index))
        {
            index = Add(name);
        }

        _counts.Increment(index);
    }

    /// <summary>What was counted since the last call. One caller at a time.</summary>
    public NamedCount[] Take()
    {
        var difference = _counts.TakeDifference(_taken);
        var counts = new List<NamedCount>();
        for (var i = 0; i < difference.Length; i++)
        {
            if (difference[i] != 0)
            {
                counts.Add(new NamedCount(Volatile.Read(ref _names[i]), difference[i]));
            }
        }

        return [.. counts];
    }

    private int Add(ReadOnlySpan<byte> name)
    {
        if (name.Length > MaxNameLength)
        {
            return 0;
        }

        lock (_indexes)
        {
            if (_lookup.TryGetValue(name, out var known))
            {
                return known;
            }

            if (_used == MaxNames)
            {
                return 0;
            }

            Volatile.Write(ref _names[_used], Encoding.UTF8.GetString(name));
            _lookup[name] = _used;
            return _used++;
        }
    }
}
