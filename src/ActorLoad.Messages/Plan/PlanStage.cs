namespace ActorLoad.Messages.Plan;

/// <summary>One compiled stage: a straight line between two levels.</summary>
/// <param name="Start">Offset from the start of the run.</param>
/// <param name="From">Users (closed) or users per second (open) when the stage begins.</param>
/// <param name="To">The same when it ends; a stage of no length jumps there.</param>
public sealed record PlanStage(TimeSpan Start, TimeSpan Duration, double From, double To)
{
    public TimeSpan End => Start + Duration;

    /// <summary>The area under the line from its beginning on.</summary>
    /// <param name="length">From the start of the stage, at most its duration.</param>
    public double AreaUntil(TimeSpan length)
    {
        if (Duration == TimeSpan.Zero)
        {
            return 0;
        }

        var t = length.TotalSeconds;
        return (From * t) + ((To - From) * t * t / (2 * Duration.TotalSeconds));
    }

    /// <summary>The inverse of <see cref="AreaUntil"/>: when the area reaches this much, at most the stage's duration.</summary>
    /// <param name="area">Not negative.</param>
    public TimeSpan TimeOfArea(double area)
    {
        // Slope k: k/2 t² + From t = area, in the form that does not cancel when k is small.
        var slope = (To - From) / Duration.TotalSeconds;
        var root = Math.Sqrt(Math.Max(0, (From * From) + (2 * slope * area)));
        var seconds = From + root > 0 ? 2 * area / (From + root) : 0;
        return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, Duration.TotalSeconds));
    }
}
