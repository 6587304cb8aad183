namespace ActorLoad.Messages.Stats;

/// <summary>A histogram of one timing, in microseconds, as <see cref="HistogramCodec"/> encodes it.</summary>
public sealed record EncodedTiming(Timing Timing, byte[] Histogram)
{
    private HistogramBuckets? _buckets;

    /// <summary>What is in it; decoded once, and kept.</summary>
    /// <exception cref="InvalidDataException">The bytes are no encoded histogram of this shape.</exception>
    public HistogramBuckets Decode() => _buckets ??= HistogramBuckets.Decode(Histogram);
}
