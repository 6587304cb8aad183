using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Users.Steps;

/// <summary>Passes at once; abandoning what is not there is no mistake, as with closing.</summary>
internal sealed class AbandonRun(AbandonStep step, IUserActions user) : StepRun
{
    public override StepResult Start()
    {
        if (user.Find(step.Stream) is { } slot)
        {
            user.Abandon(slot);
        }

        return StepResult.Passed;
    }
}
