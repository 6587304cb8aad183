namespace ActorLoad.Host.Target.Stats;

/// <summary>TCP connections.</summary>
public sealed record ConnectionStats(long Accepted, long Open);
