namespace ActorLoad.Messages.Scenarios;

/// <summary>Does nothing for a while; streams go on receiving.</summary>
public sealed record PauseStep(DurationRange For) : Step;
