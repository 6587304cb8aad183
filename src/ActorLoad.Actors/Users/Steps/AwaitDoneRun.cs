using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Users.Steps;

/// <summary>Passes when the done marker of the stream has come, which may have happened before the step is reached.</summary>
internal sealed class AwaitDoneRun(AwaitStep step, IUserActions user) : StepRun
{
    private StreamSlot? _slot;
    private int _timer;

    public override StepResult Start()
    {
        _slot = user.Find(step.Stream);
        if (_slot is null)
        {
            return Unknown(step.Stream);
        }

        if (Check() is { } result)
        {
            return result;
        }

        _timer = user.NewToken();
        user.StartTimer(_timer, step.Within);
        return StepResult.Pending;
    }

    public override StepResult OnSignal(UserSignal signal)
    {
        switch (signal)
        {
            case UserSignal.Completed completed when completed.Slot == _slot:
            case UserSignal.Lost lost when lost.Slot == _slot:
                if (Check() is { } result)
                {
                    user.StopTimer(_timer);
                    return result;
                }

                return StepResult.Pending;
            case UserSignal.Elapsed elapsed when elapsed.Token == _timer:
                return StepResult.Failed(
                    FailureReason.AwaitTimeout,
                    $"stream '{step.Stream}' was not done within {step.Within.TotalSeconds:0.###} s, after {_slot!.Meter.Events} events");
            default:
                return StepResult.Pending;
        }
    }

    public override void Cancel() => user.StopTimer(_timer);

    private StepResult? Check()
    {
        if (_slot!.IsComplete)
        {
            var result = step.Complete ? Completeness(_slot, _slot.Meter.MissedSinceMark) : StepResult.Passed;
            _slot.Mark();
            return result;
        }

        // Its own reason (truncated, say) tells more than that a stream has ended.
        return _slot.Ended is { } failure
            ? StepResult.Failed(failure.Reason, $"stream '{step.Stream}' was not done after {_slot.Meter.Events} events: {failure.Message}")
            : null;
    }
}
