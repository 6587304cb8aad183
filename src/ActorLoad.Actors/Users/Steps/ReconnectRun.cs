using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Users.Steps;

/// <summary>Passes when the next connection of the stream is open.</summary>
internal sealed class ReconnectRun(ReconnectStep step, IUserActions user, ArmedAwaits awaits, int index) : StepRun
{
    private int _timer;
    private StreamSlot? _slot;
    private bool _cutFirst;

    public override StepResult Start()
    {
        _slot = user.Find(step.Stream);
        if (_slot is null)
        {
            return Unknown(step.Stream);
        }

        if (_slot.Ended is { } failure)
        {
            return StepResult.Failed(FailureReason.StreamEnded, $"stream '{step.Stream}' has ended: {failure.Message}");
        }

        _slot.Mark();
        if (awaits.Create(index, step.Stream) is { } chain)
        {
            _slot.Arm(chain);
            awaits.Track(step.Stream, _slot, chain, index);
        }

        _cutFirst = _slot.IsOpen;
        _timer = user.NewToken();
        user.StartTimer(_timer, step.Within);
        user.Reconnect(_slot);
        return StepResult.Pending;
    }

    public override StepResult OnSignal(UserSignal signal)
    {
        switch (signal)
        {
            case UserSignal.Opened opened when opened.Slot == _slot && !_cutFirst:
                user.StopTimer(_timer);
                return StepResult.Passed;
            case UserSignal.Lost lost when lost.Slot == _slot:
                _cutFirst = false;
                if (_slot.Ended is { } failure)
                {
                    user.StopTimer(_timer);
                    return StepResult.Failed(failure.Reason, $"stream '{step.Stream}': {failure.Message}");
                }

                return StepResult.Pending;
            case UserSignal.Elapsed elapsed when elapsed.Token == _timer:
                return StepResult.Failed(
                    FailureReason.Timeout, $"stream '{step.Stream}' was not back within {step.Within.TotalSeconds:0.###} s");
            default:
                return StepResult.Pending;
        }
    }

    public override void Cancel() => user.StopTimer(_timer);
}
