namespace ActorLoad.Messages.Stats;

/// <summary>How often something with a name occurred.</summary>
public sealed record NamedCount(string Name, long Count);
