namespace ActorLoad.Messages.Scenarios;

/// <summary>A named list of steps that passes or fails; picked by weight each time the user is free.</summary>
public sealed record TaskDefinition(string Name, int Weight, IReadOnlyList<Step> Steps);
