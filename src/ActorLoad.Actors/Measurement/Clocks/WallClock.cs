namespace ActorLoad.Actors.Measurement.Clocks;

/// <summary>
/// Tells the wall-clock time of monotonic stamps: the date of a moment that lies in the past already, to the microsecond. The
/// two clocks are held against each other anew at least once a second while somebody asks, so that a date that was corrected
/// (a step of NTP) is followed. Thread-safe, lock-free, allocation-free.
/// </summary>
public sealed class WallClock
{
    private const int Tries = 5;

    private static readonly long AnchorEvery = Microseconds.ToTicks(TimeSpan.FromSeconds(1));
    private static readonly long Tight = Microseconds.ToTicks(TimeSpan.FromMicroseconds(20));

    private readonly TimeProvider _time;
    private long _anchoredAt;
    private long _differenceUs;

    /// <param name="time">Its stamps count in the ticks of <see cref="System.Diagnostics.Stopwatch"/>.</param>
    public WallClock(TimeProvider time)
    {
        _time = time;
        _anchoredAt = time.GetTimestamp();
        Anchor();
    }

    /// <summary>Microseconds since 1970.</summary>
    public long Now => UnixUs(_time.GetTimestamp());

    /// <summary>The current stamp.</summary>
    public long Timestamp => _time.GetTimestamp();

    /// <param name="timestamp">Timestamp ticks, of about now.</param>
    /// <returns>Microseconds since 1970.</returns>
    public long UnixUs(long timestamp)
    {
        var anchoredAt = Volatile.Read(ref _anchoredAt);
        if (timestamp - anchoredAt >= AnchorEvery
            && Interlocked.CompareExchange(ref _anchoredAt, timestamp, anchoredAt) == anchoredAt)
        {
            Anchor();
        }

        return Microseconds.FromTicks(timestamp) + Volatile.Read(ref _differenceUs);
    }

    // Reading two clocks takes a moment, a long one if the thread has to wait meanwhile: the pair that lay closest together counts.
    private void Anchor()
    {
        var best = long.MaxValue;
        var difference = 0L;
        for (var i = 0; i < Tries && best > Tight; i++)
        {
            var before = _time.GetTimestamp();
            var utc = _time.GetUtcNow();
            var width = _time.GetTimestamp() - before;
            if (width < best)
            {
                best = width;
                difference = ((utc.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond) - Microseconds.FromTicks(before + (width / 2));
            }
        }

        Volatile.Write(ref _differenceUs, difference);
    }
}
