using System.Diagnostics;

namespace ActorLoad.Actors.Tests.Connections;

/// <summary>The real clock, put forward by a test: stamps taken where bytes are read stay comparable with it.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private long _shift;

    public override long TimestampFrequency => Stopwatch.Frequency;

    public override long GetTimestamp() => Stopwatch.GetTimestamp() + Volatile.Read(ref _shift);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _shift, (long)(by.TotalSeconds * Stopwatch.Frequency));
}
