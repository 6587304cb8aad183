using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Users.Steps;

/// <summary>Waits for a drawn time.</summary>
internal sealed class PauseRun(PauseStep step, IUserActions user) : StepRun
{
    private int _timer;

    public override StepResult Start()
    {
        _timer = user.NewToken();
        user.StartTimer(_timer, user.Draw(step.For));
        return StepResult.Pending;
    }

    public override StepResult OnSignal(UserSignal signal) =>
        signal is UserSignal.Elapsed elapsed && elapsed.Token == _timer ? StepResult.Passed : StepResult.Pending;

    public override void Cancel() => user.StopTimer(_timer);
}
