namespace ActorLoad.Messages.Scenarios;

/// <summary>Runs lists of steps side by side; passes when all have passed, fails with the first that fails.</summary>
public sealed record ParallelStep(IReadOnlyList<IReadOnlyList<Step>> Branches) : Step;
