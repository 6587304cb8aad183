namespace ActorLoad.Messages.Stats;

/// <summary>A histogram of one timing, in microseconds, as <see cref="HistogramCodec"/> encodes it.</summary>
public sealed record EncodedTiming(Timing Timing, byte[] Histogram);
