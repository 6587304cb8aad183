namespace ActorLoad.Actors.Measurement;

/// <summary>The highest value that any thread has seen since it was last read. Values below it cost a read and nothing else.</summary>
public sealed class PeakGauge
{
    private long _highest;

    public void Raise(long value)
    {
        var highest = Volatile.Read(ref _highest);
        while (value > highest)
        {
            var seen = Interlocked.CompareExchange(ref _highest, value, highest);
            if (seen == highest)
            {
                return;
            }

            highest = seen;
        }
    }

    /// <summary>The highest since the last call; 0 = none above it.</summary>
    public long Take() => Interlocked.Exchange(ref _highest, 0);
}
