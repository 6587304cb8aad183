using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Users.Steps;

/// <summary>
/// One step being executed by one user. Plain logic: it asks for actions and is told of signals; it never waits by itself.
/// </summary>
public abstract class StepRun
{
    public abstract StepResult Start();

    /// <summary>Called only while the last result was Pending; a signal that is not for this step changes nothing.</summary>
    public virtual StepResult OnSignal(UserSignal signal) => StepResult.Pending;

    /// <summary>The step will not be asked again: it takes back timers and expectations.</summary>
    public virtual void Cancel()
    {
    }

    /// <param name="missed">What the stream misses of the events that the step is about, as far as their numbers tell.</param>
    protected static StepResult Completeness(StreamSlot slot, long missed) => missed == 0 ? StepResult.Passed : StepResult.Failed(
        FailureReason.Incomplete, $"stream '{slot.Stream.Name}' missed {missed} {(missed == 1 ? "event" : "events")}");

    protected static StepResult Unknown(string stream) =>
        StepResult.Failed(FailureReason.UnknownStream, $"the user has no stream '{stream}' at this point");
}
