using System.Diagnostics;

namespace ActorLoad.Actors.Tests.Measurement;

/// <summary>A clock that goes when a test says so; its date can be set apart from its stamps. Starts on 2026-03-01.</summary>
internal sealed class HandClock : TimeProvider
{
    public const long StartUs = 1_772_323_200_000_000;

    private long _stampUs = 5_000_000_000;
    private long _dateUs = StartUs;

    public override long TimestampFrequency => Stopwatch.Frequency;

    /// <summary>Microseconds since 1970.</summary>
    public long NowUs => _dateUs;

    public long Stamp => GetTimestamp();

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddMicroseconds(_dateUs);

    public override long GetTimestamp() => _stampUs * (Stopwatch.Frequency / 1_000_000);

    public void Advance(double milliseconds)
    {
        _stampUs += (long)(milliseconds * 1000);
        _dateUs += (long)(milliseconds * 1000);
    }

    /// <summary>Somebody corrects the date.</summary>
    public void Step(double milliseconds) => _dateUs += (long)(milliseconds * 1000);
}
