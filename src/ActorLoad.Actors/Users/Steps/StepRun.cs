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

    protected static StepResult Unknown(string stream) =>
        StepResult.Failed(FailureReason.UnknownStream, $"the user has no stream '{stream}' at this point");
}
