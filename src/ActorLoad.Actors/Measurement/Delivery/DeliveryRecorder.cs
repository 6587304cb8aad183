using ActorLoad.Actors.Measurement.Clocks;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Measurement.Delivery;

/// <summary>What all streams of a worker share to tell how late events are: the clock, its offset to the target's, and who received what when.</summary>
public sealed class DeliveryRecorder(TimeProvider time)
{
    private readonly FanoutTable _fanout = new();
    private ClockEstimate? _estimate;
    private long _offsetUs;
    private long _worstUs;

    /// <summary>This machine's own clock.</summary>
    public WallClock Wall { get; } = new(time);

    /// <summary>How far the target's clock is ahead, as far as that was measured; null = latencies are on this machine's clock.</summary>
    public ClockEstimate? Estimate
    {
        get => Volatile.Read(ref _estimate);
        set
        {
            Volatile.Write(ref _estimate, value);
            Volatile.Write(ref _offsetUs, (long)Math.Round((value?.OffsetMs ?? 0) * 1000));
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

    /// <summary>One caller at a time.</summary>
    internal FanoutSpan[] TakeFanout(bool all) => _fanout.Take(UnixUs(Wall.Timestamp), all);
}
