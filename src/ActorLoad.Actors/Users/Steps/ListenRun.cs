using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Users.Steps;

/// <summary>Listens for its time, then compares what came with what was demanded.</summary>
internal sealed class ListenRun(ListenStep step, IUserActions user, ArmedAwaits awaits, int index) : StepRun
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

        if (_slot.Over is not null)
        {
            return OnEnded();
        }

        _timer = user.NewToken();
        user.StartTimer(_timer, step.For);
        return StepResult.Pending;
    }

    public override StepResult OnSignal(UserSignal signal)
    {
        switch (signal)
        {
            case UserSignal.Elapsed elapsed when elapsed.Token == _timer:
                return Judge();
            case UserSignal.Lost lost when lost.Slot == _slot && _slot.Ended is not null:
            case UserSignal.Completed completed when completed.Slot == _slot:
                user.StopTimer(_timer);
                return OnEnded();
            default:
                return StepResult.Pending;
        }
    }

    public override void Cancel() => user.StopTimer(_timer);

    // A stream that ended cleanly (complete, or reconnecting switched off) is judged by what it delivered; a broken one has failed.
    private StepResult OnEnded() => _slot!.Ended is null or { Reason: FailureReason.Eof or FailureReason.NoContent }
        ? Judge()
        : StepResult.Failed(FailureReason.StreamEnded, $"stream '{step.Stream}' has ended: {_slot.Ended!.Message}");

    private StepResult Judge()
    {
        var events = _slot!.Meter.Events - _slot.EventsMark;
        var heartbeats = _slot.Meter.Heartbeats - _slot.HeartbeatsMark;
        var completeness = step.Complete ? Completeness(_slot, _slot.Meter.MissedSinceMark) : StepResult.Passed;
        _slot.Mark();
        if (events < step.MinEvents)
        {
            return StepResult.Failed(
                FailureReason.TooFewEvents,
                $"stream '{step.Stream}' delivered {events} of at least {step.MinEvents} events in {step.For.TotalSeconds:0.###} s");
        }

        if (heartbeats < step.MinHeartbeats)
        {
            return StepResult.Failed(
                FailureReason.TooFewHeartbeats,
                $"stream '{step.Stream}' delivered {heartbeats} of at least {step.MinHeartbeats} heartbeats in {step.For.TotalSeconds:0.###} s");
        }

        if (completeness.State == StepState.Failed)
        {
            return completeness;
        }

        if (awaits.Create(index, step.Stream) is { } chain)
        {
            _slot.Arm(chain);
            awaits.Track(step.Stream, _slot, chain, index);
        }

        return StepResult.Passed;
    }
}
