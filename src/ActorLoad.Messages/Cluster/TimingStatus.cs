using ActorLoad.Messages.Stats;

namespace ActorLoad.Messages.Cluster;

/// <summary>A timing in four numbers, in microseconds but for the count.</summary>
public sealed record TimingStatus(Timing Timing, long Count, long P50, long P99, long Max);
