using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Measurement.Delivery;

/// <summary>
/// Notes when the first and the last receiver of an event saw it, for as many events as there are places. Which events are
/// taken follows from their keys alone, so that all workers take the same ones: all of them while there is room, every 2nd, 4th,
/// 8th… when there is not. Receiving is lock-free; the spans are taken out by one caller.
/// </summary>
internal sealed class FanoutTable
{
    private const int Places = 256;
    private const int Crowded = Places * 3 / 4;
    private const int Empty = Places / 16;
    private const int HighestLevel = 20;
    private const ulong Free = 0;
    private const ulong Closed = ulong.MaxValue;
    private const long QuietUs = 2_000_000;
    private const long LongestUs = 10_000_000;

    private readonly Place[] _places = new Place[Places];
    private long _changedAtUs = long.MinValue;
    private int _level;

    public FanoutTable()
    {
        foreach (ref var place in _places.AsSpan())
        {
            place.Clear();
        }
    }

    /// <param name="key">Of <see cref="FanoutKey"/>.</param>
    /// <param name="atUs">When this receiver's bytes were read, in microseconds since 1970.</param>
    public void Received(ulong key, long atUs)
    {
        if (!IsTaken(key))
        {
            return;
        }

        ref var place = ref _places[key % Places];
        var holder = Volatile.Read(ref place.Key);
        if (holder == Free)
        {
            holder = Interlocked.CompareExchange(ref place.Key, key, Free);
            holder = holder == Free ? key : holder;
        }

        if (holder == key)
        {
            place.Add(atUs);
        }
    }

    /// <summary>Takes out the spans of events that nobody is expected to receive any more: the last one did 2 s ago.</summary>
    /// <param name="all">The run is over: nobody receives anything any more.</param>
    public FanoutSpan[] Take(long nowUs, bool all)
    {
        var spans = new List<FanoutSpan>();
        var held = 0;
        foreach (ref var place in _places.AsSpan())
        {
            switch (Volatile.Read(ref place.Key))
            {
                case Free:
                    break;
                case Closed:
                    // Closed a window ago: whoever was still adding to it then has done so.
                    place.Clear();
                    Volatile.Write(ref place.Key, Free);
                    break;
                case var key:
                    held++;
                    if (place.Receivers > 0 && (all || nowUs - place.LastUs >= QuietUs || nowUs - place.FirstUs >= LongestUs))
                    {
                        Volatile.Write(ref place.Key, Closed);
                        if (IsTaken(key) && place.FirstUs - QuietUs >= _changedAtUs)
                        {
                            spans.Add(new FanoutSpan(key, place.FirstUs, place.LastUs, place.Receivers));
                        }
                    }

                    break;
            }
        }

        Adapt(held, nowUs);
        return [.. spans];
    }

    private bool IsTaken(ulong key) => ((key >> 32) & ((1UL << Volatile.Read(ref _level)) - 1)) == 0;

    // Events that were on their way when the choice changed have been seen by some of their receivers only.
    private void Adapt(int held, long nowUs)
    {
        var level = held > Crowded ? Math.Min(_level + 1, HighestLevel) : held < Empty ? Math.Max(_level - 1, 0) : _level;
        if (level != _level)
        {
            _changedAtUs = nowUs;
            Volatile.Write(ref _level, level);
        }
    }

    private struct Place
    {
        public ulong Key;
        public long FirstUs;
        public long LastUs;
        public int Receivers;

        public void Clear() => (FirstUs, LastUs, Receivers) = (long.MaxValue, long.MinValue, 0);

        public void Add(long atUs)
        {
            for (var first = Volatile.Read(ref FirstUs); atUs < first;)
            {
                var seen = Interlocked.CompareExchange(ref FirstUs, atUs, first);
                first = seen == first ? atUs : seen;
            }

            for (var last = Volatile.Read(ref LastUs); atUs > last;)
            {
                var seen = Interlocked.CompareExchange(ref LastUs, atUs, last);
                last = seen == last ? atUs : seen;
            }

            Interlocked.Increment(ref Receivers);
        }
    }
}
