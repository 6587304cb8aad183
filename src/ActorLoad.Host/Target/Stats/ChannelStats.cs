namespace ActorLoad.Host.Target.Stats;

/// <summary>The same for one channel.</summary>
public sealed record ChannelStats(long Published, long Sent);
