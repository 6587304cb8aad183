using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Users.Steps;

/// <summary>Passes when the stream is open; transient failures are supervision's business until the time is up.</summary>
internal sealed class SubscribeRun(SubscribeStep step, IUserActions user, ArmedAwaits awaits, int index) : StepRun
{
    private int _timer;
    private StreamSlot? _slot;
    private string _last = "";

    public override StepResult Start()
    {
        try
        {
            var chain = awaits.Create(index, step.Stream);
            _slot = user.Open(step, chain);
            if (chain is not null)
            {
                awaits.Track(step.Stream, _slot, chain, index);
            }
        }
        catch (FormatException e)
        {
            return StepResult.Failed(FailureReason.Protocol, e.Message);
        }

        _timer = user.NewToken();
        user.StartTimer(_timer, step.Within);
        return StepResult.Pending;
    }

    public override StepResult OnSignal(UserSignal signal)
    {
        switch (signal)
        {
            case UserSignal.Opened opened when opened.Slot == _slot:
                user.StopTimer(_timer);
                return StepResult.Passed;
            case UserSignal.Lost lost when lost.Slot == _slot:
                _last = $"; last: {lost.Failure.Message}";
                if (_slot.Ended is { } failure)
                {
                    user.StopTimer(_timer);
                    return StepResult.Failed(failure.Reason, $"stream '{step.Stream}': {failure.Message}");
                }

                return StepResult.Pending;
            case UserSignal.Elapsed elapsed when elapsed.Token == _timer:
                return StepResult.Failed(
                    FailureReason.Timeout, $"stream '{step.Stream}' was not open within {step.Within.TotalSeconds:0.###} s{_last}");
            default:
                return StepResult.Pending;
        }
    }

    public override void Cancel() => user.StopTimer(_timer);
}
