using ActorLoad.Actors.Measurement.Clocks;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Measurement.Delivery;

/// <summary>What all streams of a worker share to tell how late events are: the clock, its offset to the target's, and who received what when.</summary>
public sealed class DeliveryRecorder(TimeProvider time)
{
    private readonly FanoutTable _fanout = new();
    private readonly Lock _offsets = new();
    private ClockEstimate? _estimate;
    private long _nodeOffsetUs;
    private long _offsetUs;
    private long _worstUs;

    /// <summary>This machine's own clock.</summary>
    public WallClock Wall { get; } = new(time);

    /// <summary>How far the target's clock is ahead, as far as that was measured; null = latencies are on the coordinator's clock.</summary>
    public ClockEstimate? Estimate
    {
        get => Volatile.Read(ref _estimate);
        set
        {
            Volatile.Write(ref _estimate, value);
            ApplyOffsets();
        }
    }

    /// <summary>How many microseconds the coordinator's clock is ahead of this machine's, which is how the clocks of several workers agree; 0 = as good as not.</summary>
    public long NodeOffsetUs
    {
        get => Volatile.Read(ref _nodeOffsetUs);
        set
        {
            Volatile.Write(ref _nodeOffsetUs, value);
            ApplyOffsets();
        }
    }

    /// <summary>When a stamp was, in microseconds since 1970 on the clock that sending times are held against.</summary>
    public long UnixUs(long timestamp) => Wall.UnixUs(timestamp) + Volatile.Read(ref _offsetUs);

    /// <summary>An event seems to have arrived so much before it was sent.</summary>
    public void ClockError(long us)
    {
        for (var worst = Volatile.Read(ref _worstUs); us > worst;)
        {
            var seen = Interlocked.CompareExchange(ref _worstUs, us, worst);
            worst = seen == worst ? us : seen;
        }
    }

    internal void Received(ulong key, long atUs) => _fanout.Received(key, atUs);

    /// <summary>The worst clock error since the last call, in microseconds; 0 = none. One caller at a time.</summary>
    internal long TakeWorstClockError() => Interlocked.Exchange(ref _worstUs, 0);

    /// <summary>The spans in the coordinator's time, whatever clock latencies are on. One caller at a time.</summary>
    internal FanoutSpan[] TakeFanout(bool all)
    {
        var spans = _fanout.Take(UnixUs(Wall.Timestamp), all);
        var shift = NodeOffsetUs - Volatile.Read(ref _offsetUs);
        return shift == 0
            ? spans
            : [.. spans.Select(s => s with { FirstUnixUs = s.FirstUnixUs + shift, LastUnixUs = s.LastUnixUs + shift })];
    }

    // The two offsets come from different threads, each about once a minute.
    private void ApplyOffsets()
    {
        lock (_offsets)
        {
            var target = Estimate;
            Volatile.Write(ref _offsetUs, target is null ? NodeOffsetUs : (long)Math.Round(target.OffsetMs * 1000));
        }
    }
}
