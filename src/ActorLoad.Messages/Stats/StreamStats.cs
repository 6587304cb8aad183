namespace ActorLoad.Messages.Stats;

/// <summary>What the streams of one name did within a window, all users of a type together.</summary>
/// <param name="Counters">Indexed by <see cref="Counter"/>; only what is counted per stream is ever above zero.</param>
public sealed record StreamStats(string Stream, long[] Counters);
