using System.Diagnostics;

namespace ActorLoad.Actors.Measurement;

/// <summary>Converts between timestamp ticks and microseconds.</summary>
public static class Microseconds
{
    private static readonly double PerTick = 1_000_000.0 / Stopwatch.Frequency;

    public static long FromTicks(long ticks) => (long)(ticks * PerTick);

    public static long ToTicks(TimeSpan span) => (long)(span.TotalSeconds * Stopwatch.Frequency);
}
