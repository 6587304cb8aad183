using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Users.Steps;

/// <summary>Passes when the next connection of the stream is open.</summary>
internal sealed class ReconnectRun(ReconnectStep step, IUserActions user, ArmedAwaits awaits, int index)
    : OpeningRun(user, step.Within)
{
    private readonly IUserActions _user = user;

    public override StepResult Start()
    {
        if (_user.Find(step.Stream) is not { } slot)
        {
            return Unknown(step.Stream);
        }

        if (slot.Over is { } why)
        {
            return StepResult.Failed(FailureReason.StreamEnded, $"stream '{step.Stream}': {why}");
        }

        slot.Mark();
        if (awaits.Create(index, step.Stream) is { } chain)
        {
            slot.Arm(chain);
            awaits.Track(step.Stream, slot, chain, index);
        }

        var waiting = WaitFor(slot, takenUp: false);
        _user.Reconnect(slot);
        return waiting;
    }
}
