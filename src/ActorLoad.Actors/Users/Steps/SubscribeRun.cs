using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Users.Steps;

/// <summary>Passes when the stream is open.</summary>
internal sealed class SubscribeRun(SubscribeStep step, IUserActions user, ArmedAwaits awaits, int index)
    : OpeningRun(user, step.Within)
{
    private readonly IUserActions _user = user;

    public override StepResult Start()
    {
        try
        {
            var chain = awaits.Create(index, step.Stream);
            var slot = _user.Open(step, chain);
            if (chain is not null)
            {
                awaits.Track(step.Stream, slot, chain, index);
            }

            return WaitFor(slot, takenUp: true);
        }
        catch (FormatException e)
        {
            return StepResult.Failed(FailureReason.Protocol, e.Message);
        }
        catch (UnsetVariableException e)
        {
            return StepResult.Failed(FailureReason.ExtractFailed, $"stream '{step.Stream}': {e.Message}");
        }
    }
}
