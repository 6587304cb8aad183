using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Users.Steps;

/// <summary>A list of steps being executed in order: a task, a branch of parallel, on-start or on-stop.</summary>
public sealed class SequenceRun(IReadOnlyList<Step> steps, IUserActions user)
{
    private readonly ArmedAwaits _awaits = new(steps, user);
    private StepRun? _current;
    private int _index = -1;

    public StepResult Start()
    {
        _awaits.ArmAtStart();
        return Continue(StepResult.Passed);
    }

    /// <summary>Called only while the last result was Pending.</summary>
    public StepResult OnSignal(UserSignal signal) =>
        _current is { } step ? Continue(step.OnSignal(signal)) : StepResult.Pending;

    public void Cancel()
    {
        _current?.Cancel();
        _current = null;
        _awaits.DisarmAll();
    }

    private StepResult Continue(StepResult result)
    {
        while (result.State == StepState.Passed)
        {
            if (_index >= 0)
            {
                _awaits.OnPassed(_index);
            }

            if (++_index == steps.Count)
            {
                break;
            }

            _current = Create(steps[_index], _index);
            result = _current.Start();
        }

        if (result.State != StepState.Pending)
        {
            _current = null;
            _awaits.DisarmAll();
        }

        return result;
    }

    private StepRun Create(Step step, int index) => step switch
    {
        SubscribeStep s => new SubscribeRun(s, user, _awaits, index),
        AwaitStep { Done: true } s => new AwaitDoneRun(s, user),
        AwaitStep s => new AwaitRun(s, user, _awaits, index),
        ListenStep s => new ListenRun(s, user, _awaits, index),
        DropStep s => new DropRun(s, user),
        ReconnectStep s => new ReconnectRun(s, user, _awaits, index),
        CloseStep s => new CloseRun(s, user),
        AbandonStep s => new AbandonRun(s, user),
        PauseStep s => new PauseRun(s, user),
        RequestStep s => new RequestRun(s, user),
        ParallelStep s => new ParallelRun(s, user),
        _ => throw new InvalidOperationException($"no way to run a {step.GetType().Name}"),
    };
}
