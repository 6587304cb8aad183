using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Transport.Pacing;

/// <summary>
/// How fast and how long the body of one connection is read: a token bucket that starts empty and is drawn from by tenths of a
/// second's worth. It holds two of these, so that a timer that comes late costs nothing: over any time t at most
/// rate·(t + 0.2 s) bytes are taken, and from the opening on at most rate·t. Pure but for what the stall check asks from
/// another thread.
/// </summary>
public sealed class ReadPace
{
    /// <summary>More than that is not read at a time.</summary>
    private const int LargestRead = 16 * 1024;

    /// <summary>In seconds; rounding must not make it none at all.</summary>
    private const double ShortestWait = 0.001;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _time;
    private readonly long _rate;
    private readonly double _portion;
    private readonly double _capacity;
    private readonly long _stopAt;
    private long _left;
    private double _allowed;
    private long _countedAt;
    private long _readySince;

    private ReadPace(StreamSettings settings, TimeProvider time, long openedAt)
    {
        _time = time;
        _rate = settings.ReadRate;
        _portion = Math.Max(1, _rate * Step.TotalSeconds);
        _capacity = 2 * _portion;
        _left = settings.StopReadingAfterBytes > 0 ? settings.StopReadingAfterBytes : long.MaxValue;
        _stopAt = settings.StopReadingAfter > TimeSpan.Zero
            ? openedAt + (long)(settings.StopReadingAfter.TotalSeconds * time.TimestampFrequency)
            : long.MaxValue;
        _countedAt = _readySince = openedAt;
    }

    /// <summary>
    /// Since when whatever came would have been read, in timestamp ticks; <see cref="long.MaxValue"/> while nothing is read on
    /// purpose.
    /// </summary>
    public long ReadySince => _time.GetTimestamp() >= _stopAt ? long.MaxValue : Volatile.Read(ref _readySince);

    /// <param name="openedAt">When the connection opened, in timestamp ticks of the clock.</param>
    /// <returns>Null when a stream of these settings is read as fast as its bytes come.</returns>
    public static ReadPace? For(StreamSettings settings, TimeProvider time, long openedAt) =>
        settings.ReadRate > 0 || settings.StopReadingAfter > TimeSpan.Zero || settings.StopReadingAfterBytes > 0
            ? new ReadPace(settings, time, openedAt)
            : null;

    /// <summary>
    /// How large a socket's receive buffer may be without hiding the slow reader: a quarter of a second's worth. A reader that
    /// will stop gets the least: what the buffer still takes is what the server believes to be delivered.
    /// </summary>
    /// <returns>Bytes; 0 = the system's own choice, which is no larger.</returns>
    public static int ReceiveBufferFor(StreamSettings settings)
    {
        const int least = 4096;
        const int systems = 128 * 1024;
        var stops = settings.StopReadingAfter > TimeSpan.Zero || settings.StopReadingAfterBytes > 0;
        var wished = settings.ReadRate > 0 ? Math.Clamp(settings.ReadRate / 4, least, systems) : stops ? least : systems;
        return wished < systems ? (int)wished : 0;
    }

    public ReadGrant Next()
    {
        var now = _time.GetTimestamp();
        if (_left == 0 || now >= _stopAt)
        {
            return Hold(Timeout.InfiniteTimeSpan);
        }

        var most = (int)Math.Min(_left, LargestRead);
        if (_rate == 0)
        {
            return Go(most, now);
        }

        _allowed = Math.Min(_capacity, _allowed + (_rate * _time.GetElapsedTime(_countedAt, now).TotalSeconds));
        _countedAt = now;
        var wanted = Math.Min(_portion, most);
        return _allowed >= wanted
            ? Go((int)Math.Min(_allowed, most), now)
            : Hold(TimeSpan.FromSeconds(Math.Max((wanted - _allowed) / _rate, ShortestWait)));
    }

    public void Took(int count)
    {
        _allowed -= count;
        _left -= count;
    }

    private ReadGrant Go(int count, long now)
    {
        if (_readySince == long.MaxValue)
        {
            Volatile.Write(ref _readySince, now);
        }

        return new ReadGrant(count, TimeSpan.Zero);
    }

    private ReadGrant Hold(TimeSpan wait)
    {
        Volatile.Write(ref _readySince, long.MaxValue);
        return new ReadGrant(0, wait);
    }
}
