namespace ActorLoad.Actors.Measurement;

/// <summary>A level that goes up and down, and the highest it has been since it was last read.</summary>
public sealed class LevelGauge
{
    private long _level;
    private long _highest;

    public long Level => Volatile.Read(ref _level);

    public void Increment()
    {
        var now = Interlocked.Increment(ref _level);
        var highest = Volatile.Read(ref _highest);
        while (now > highest)
        {
            var seen = Interlocked.CompareExchange(ref _highest, now, highest);
            if (seen == highest)
            {
                break;
            }

            highest = seen;
        }
    }

    public void Decrement() => Interlocked.Decrement(ref _level);

    /// <summary>The level now and the highest since the last call. One caller at a time.</summary>
    public (long Level, long Highest) Take()
    {
        var level = Level;
        var highest = Interlocked.Exchange(ref _highest, level);
        return (level, Math.Max(highest, level));
    }
}
