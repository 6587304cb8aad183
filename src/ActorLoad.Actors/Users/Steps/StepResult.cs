using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Users.Steps;

/// <summary>Where a step (or a list of steps) stands.</summary>
public readonly record struct StepResult
{
    private StepResult(StepState state, FailureReason reason, string message) =>
        (State, Reason, Message) = (state, reason, message);

    public static StepResult Pending { get; } = new(StepState.Pending, default, "");

    public static StepResult Passed { get; } = new(StepState.Passed, default, "");

    public StepState State { get; }

    public FailureReason Reason { get; }

    /// <summary>One sentence for people.</summary>
    public string Message { get; }

    public static StepResult Failed(FailureReason reason, string message) => new(StepState.Failed, reason, message);
}
