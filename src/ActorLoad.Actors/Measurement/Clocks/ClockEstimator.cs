using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Measurement.Clocks;

/// <summary>
/// Narrows down how far the target's clock is ahead of the worker's. Every reading says between which bounds the offset lies,
/// whatever part of the round trip went which way (the reasoning of NTP, RFC 5905 section 8, without the assumption that both ways
/// take as long); all readings together leave what is common to all bounds. A clock that only tells seconds is asked
/// around the moment at which the next second should begin: each answer halves what is left. Plain logic.
/// </summary>
public sealed class ClockEstimator
{
    // Below this no timer can aim.
    private const long CoarseUs = 100_000;

    private readonly List<ClockReading> _readings = [];

    public void Add(in ClockReading reading) => _readings.Add(reading);

    /// <summary>How long to wait before the next question so that its answer tells the most.</summary>
    /// <param name="nowUs">Microseconds since 1970 on the worker's clock.</param>
    public TimeSpan NextIn(long nowUs)
    {
        if (_readings.Count == 0 || _readings[^1].GranularityUs < CoarseUs)
        {
            return TimeSpan.Zero;
        }

        var step = _readings[^1].GranularityUs;
        var (low, high) = Bounds();
        var targetAtArrival = nowUs + ((low + high) / 2) + (_readings.Min(r => r.RoundTripUs) / 2);
        return TimeSpan.FromMicroseconds(step - (targetAtArrival % step));
    }

    /// <exception cref="InvalidOperationException">There is no reading yet.</exception>
    public ClockEstimate Estimate()
    {
        if (_readings.Count == 0)
        {
            throw new InvalidOperationException("nobody has told the time yet");
        }

        var (low, high) = Bounds();
        return new ClockEstimate(
            (low + high) / 2000.0, (high - low) / 2000.0, _readings.Min(r => r.RoundTripUs) / 1000.0, _readings.Count);
    }

    /// <summary>
    /// What a new estimate says in the light of the one before: the target's clock cannot have run away from the worker's by more
    /// than clocks drift, so that a measurement under load does not lose what one without load had found out.
    /// </summary>
    /// <param name="age">Of the one before.</param>
    public static ClockEstimate Join(ClockEstimate before, ClockEstimate now, TimeSpan age)
    {
        // 50 parts per million: what the quartz of a machine that nobody disciplines may be wrong by.
        var drift = age.TotalMilliseconds * 50e-6;
        var low = Math.Max(now.OffsetMs - now.ErrorMs, before.OffsetMs - before.ErrorMs - drift);
        var high = Math.Min(now.OffsetMs + now.ErrorMs, before.OffsetMs + before.ErrorMs + drift);

        // Nothing in common: a clock was set meanwhile.
        return low > high ? now : now with { OffsetMs = (low + high) / 2, ErrorMs = (high - low) / 2 };
    }

    private (long Low, long High) Bounds()
    {
        var (low, high) = (_readings.Max(r => r.LowUs), _readings.Min(r => r.HighUs));

        // Answers that contradict one another come from several clocks behind one name: any of them may be the one.
        return low <= high ? (low, high) : (_readings.Min(r => r.LowUs), _readings.Max(r => r.HighUs));
    }
}
