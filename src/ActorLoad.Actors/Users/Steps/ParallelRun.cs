using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Users.Steps;

/// <summary>Runs lists of steps side by side; the first failure ends the others.</summary>
internal sealed class ParallelRun(ParallelStep step, IUserActions user) : StepRun
{
    private readonly SequenceRun?[] _branches = new SequenceRun?[step.Branches.Count];

    public override StepResult Start()
    {
        for (var i = 0; i < _branches.Length; i++)
        {
            _branches[i] = new SequenceRun(step.Branches[i], user);
        }

        return Advance(static branch => branch.Start());
    }

    public override StepResult OnSignal(UserSignal signal) => Advance(branch => branch.OnSignal(signal));

    public override void Cancel()
    {
        for (var i = 0; i < _branches.Length; i++)
        {
            _branches[i]?.Cancel();
            _branches[i] = null;
        }
    }

    private StepResult Advance(Func<SequenceRun, StepResult> advance)
    {
        var pending = false;
        for (var i = 0; i < _branches.Length; i++)
        {
            if (_branches[i] is not { } branch)
            {
                continue;
            }

            var result = advance(branch);
            switch (result.State)
            {
                case StepState.Failed:
                    _branches[i] = null;
                    Cancel();
                    return result;
                case StepState.Passed:
                    _branches[i] = null;
                    break;
                default:
                    pending = true;
                    break;
            }
        }

        return pending ? StepResult.Pending : StepResult.Passed;
    }
}
