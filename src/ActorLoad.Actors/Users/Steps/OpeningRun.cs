using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Users.Steps;

/// <summary>Waits for a stream's next connection; transient failures are supervision's business until the time is up.</summary>
internal abstract class OpeningRun(IUserActions user, TimeSpan within) : StepRun
{
    private int _timer;
    private StreamSlot? _slot;
    private bool _takenUp;
    private string _last = "";

    public sealed override StepResult OnSignal(UserSignal signal)
    {
        switch (signal)
        {
            case UserSignal.Opened opened when opened.Slot == _slot && _takenUp:
                user.StopTimer(_timer);
                return StepResult.Passed;
            case UserSignal.Reconnecting reconnecting when reconnecting.Slot == _slot:
                _takenUp = true;
                return StepResult.Pending;
            case UserSignal.Lost lost when lost.Slot == _slot:
                _last = $"; last: {lost.Failure.Message}";
                if (_slot.Ended is { } failure)
                {
                    user.StopTimer(_timer);
                    return StepResult.Failed(failure.Reason, $"stream '{_slot.Stream.Name}': {failure.Message}");
                }

                return StepResult.Pending;
            case UserSignal.Completed completed when completed.Slot == _slot:
                user.StopTimer(_timer);
                return StepResult.Failed(FailureReason.StreamEnded, $"stream '{_slot.Stream.Name}': {_slot.Over}");
            case UserSignal.Elapsed elapsed when elapsed.Token == _timer:
                return StepResult.Failed(
                    FailureReason.Timeout, $"stream '{_slot!.Stream.Name}' was not open within {within.TotalSeconds:0.###} s{_last}");
            default:
                return StepResult.Pending;
        }
    }

    public sealed override void Cancel() => user.StopTimer(_timer);

    /// <param name="takenUp">
    /// False when the connection has yet to take up a command: an opening told before that is of an earlier connection.
    /// </param>
    protected StepResult WaitFor(StreamSlot slot, bool takenUp)
    {
        (_slot, _takenUp) = (slot, takenUp);
        _timer = user.NewToken();
        user.StartTimer(_timer, within);
        return StepResult.Pending;
    }
}
