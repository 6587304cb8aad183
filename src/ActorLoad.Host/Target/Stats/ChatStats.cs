namespace ActorLoad.Host.Target.Stats;

/// <summary>Chat messages posted, and joins and leaves announced.</summary>
public sealed record ChatStats(long Messages, long Presences);
