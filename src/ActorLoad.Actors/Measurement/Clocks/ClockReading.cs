namespace ActorLoad.Actors.Measurement.Clocks;

/// <summary>One answer to "what time is it?", with the times of question and answer on the worker's own clock. Microseconds since 1970.</summary>
/// <param name="TargetUs">What the target said.</param>
/// <param name="GranularityUs">How much later it may have been then, for the answer tells no more: 1,000,000 for whole seconds.</param>
public readonly record struct ClockReading(long AskedUs, long AnsweredUs, long TargetUs, long GranularityUs)
{
    public long RoundTripUs => AnsweredUs - AskedUs;

    /// <summary>The target's clock is ahead at least by this: it may have been read just before the answer arrived.</summary>
    public long LowUs => TargetUs - AnsweredUs;

    /// <summary>The target's clock is ahead at most by this: it may have been read as soon as the question left.</summary>
    public long HighUs => TargetUs + GranularityUs - AskedUs;
}
