namespace ActorLoad.Host.Target.Stats;

/// <summary>Jobs created, and finished.</summary>
public sealed record JobStats(long Created, long Done);
