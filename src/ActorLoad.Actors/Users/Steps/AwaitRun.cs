using ActorLoad.Actors.Measurement;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Users.Steps;

/// <summary>Passes when its expectation in the armed chain is met, which may have happened before the step is reached.</summary>
internal sealed class AwaitRun(AwaitStep step, IUserActions user, ArmedAwaits awaits, int index) : StepRun
{
    private StreamSlot? _slot;
    private ExpectationChain? _chain;
    private int _position;
    private int _timer;

    public override StepResult Start()
    {
        _slot = user.Find(step.Stream);
        if (_slot is null)
        {
            return Unknown(step.Stream);
        }

        try
        {
            (_chain, _position) = awaits.ChainOf(index, step.Stream, _slot);
        }
        catch (UnsetVariableException e)
        {
            return StepResult.Failed(FailureReason.ExtractFailed, $"await on stream '{step.Stream}': {e.Message}");
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
            case UserSignal.Met met when met.Chain == _chain:
            case UserSignal.Lost lost when lost.Slot == _slot:
            case UserSignal.Completed completed when completed.Slot == _slot:
                if (Check() is { } result)
                {
                    user.StopTimer(_timer);
                    return result;
                }

                return StepResult.Pending;
            case UserSignal.Elapsed elapsed when elapsed.Token == _timer:
                return Check() ?? StepResult.Failed(
                    FailureReason.AwaitTimeout, $"{Missing()} within {step.Within.TotalSeconds:0.###} s");
            default:
                return StepResult.Pending;
        }
    }

    public override void Cancel() => user.StopTimer(_timer);

    private StepResult? Check()
    {
        if (_chain!.Met > _position)
        {
            _slot!.EventsMark = Math.Max(_slot.EventsMark, _chain.MetAt(_position));
            _slot.HeartbeatsMark = _slot.Meter.Heartbeats;
            return step.Complete ? Completeness(_slot, _chain.MissedAt(_position)) : StepResult.Passed;
        }

        return _slot!.Over is { } why ? StepResult.Failed(FailureReason.StreamEnded, $"{Missing()}, and {why}") : null;
    }

    private string Missing()
    {
        var got = _chain!.Met == _position ? _chain.Matched : 0;
        var what = step.Event is null ? "events" : $"'{step.Event}' events";
        var data = (step.DataContains, step.DataJson) is (null, null) ? "" : " with the awaited data";
        return $"stream '{step.Stream}' delivered {got} of {step.Events} {what}{data}";
    }
}
