using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Users.Steps;

/// <summary>Passes at once; closing what is not there is no mistake.</summary>
internal sealed class CloseRun(CloseStep step, IUserActions user) : StepRun
{
    public override StepResult Start()
    {
        if (user.Find(step.Stream) is { } slot)
        {
            user.Close(slot);
        }

        return StepResult.Passed;
    }
}
