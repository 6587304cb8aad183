namespace ActorLoad.Host.Target.Stats;

/// <summary>Events published by channels and written to streams.</summary>
/// <param name="Published">Once per event, however many streams there are.</param>
/// <param name="Sent">Once per stream, counted when its write completed.</param>
public sealed record EventStats(long Published, long Sent, IReadOnlyDictionary<string, ChannelStats> Channels);
