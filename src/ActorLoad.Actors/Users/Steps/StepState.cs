namespace ActorLoad.Actors.Users.Steps;

public enum StepState
{
    /// <summary>Waits for a signal.</summary>
    Pending,
    Passed,
    Failed,
}
