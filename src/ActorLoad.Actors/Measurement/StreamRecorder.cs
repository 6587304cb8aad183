using ActorLoad.Actors.Measurement.Delivery;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Measurement;

/// <summary>
/// What the streams of one name count, all users of a type together. The type's own counters include it, so that an event
/// is counted once for both. Thread-safe.
/// </summary>
public sealed class StreamRecorder(string name, UserTypeRecorder type)
{
    private readonly StripedCounters _counters = new(MetricNames.Counters.Count);
    private readonly long[] _taken = new long[MetricNames.Counters.Count];

    public string Name { get; } = name;

    public UserTypeRecorder Type { get; } = type;

    /// <summary>Where the names of this stream's events begin, as <see cref="FanoutKey"/> makes them.</summary>
    internal ulong FanoutSeed { get; } = FanoutKey.OfStream(name);

    public WorkerRecorder Worker => Type.Worker;

    public void Count(Counter counter) => _counters.Increment((int)counter);

    public void Count(Counter counter, long amount) => _counters.Add((int)counter, amount);

    /// <param name="timing">What is timed; all streams of the type together.</param>
    /// <param name="ticks">Timestamp ticks.</param>
    public void Record(Timing timing, long ticks) => Type.Record(timing, ticks);

    public void RecordMicroseconds(Timing timing, long us) => Type.RecordMicroseconds(timing, us);

    internal long Sum(Counter counter) => _counters.Sum((int)counter);

    /// <summary>What was counted since the last call. One caller at a time.</summary>
    internal long[] Take() => _counters.TakeDifference(_taken);
}
