using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Users.Steps;

/// <summary>Passes when the connection is cut; a stream that is away already, or has ended, has nothing to cut.</summary>
internal sealed class DropRun(DropStep step, IUserActions user) : StepRun
{
    private StreamSlot? _slot;

    public override StepResult Start()
    {
        _slot = user.Find(step.Stream);
        if (_slot is null)
        {
            return Unknown(step.Stream);
        }

        if (_slot.Over is not null)
        {
            return StepResult.Passed;
        }

        user.Drop(_slot);
        return _slot.IsOpen ? StepResult.Pending : StepResult.Passed;
    }

    public override StepResult OnSignal(UserSignal signal) =>
        (signal is UserSignal.Lost lost && lost.Slot == _slot) || (signal is UserSignal.Completed completed && completed.Slot == _slot)
            ? StepResult.Passed
            : StepResult.Pending;
}
