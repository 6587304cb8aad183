namespace ActorLoad.Messages.Plan;

/// <summary>One compiled stage: a straight line between two levels.</summary>
/// <param name="Start">Offset from the start of the run.</param>
/// <param name="From">Users (closed) or users per second (open) when the stage begins.</param>
/// <param name="To">The same when it ends; a stage of no length jumps there.</param>
public sealed record PlanStage(TimeSpan Start, TimeSpan Duration, double From, double To)
{
    public TimeSpan End => Start + Duration;
}
