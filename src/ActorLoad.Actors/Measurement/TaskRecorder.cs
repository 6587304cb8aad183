using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Measurement;

/// <summary>Counts and times one task of a user type.</summary>
public sealed class TaskRecorder(string name)
{
    private readonly StripedTiming _time = new();
    private readonly long[] _taken = new long[3];
    private long _passed;
    private long _failed;
    private long _interrupted;

    public string Name { get; } = name;

    public void Passed(long ticks)
    {
        Interlocked.Increment(ref _passed);
        _time.Record(ticks);
    }

    public void Failed(long ticks)
    {
        Interlocked.Increment(ref _failed);
        _time.Record(ticks);
    }

    public void Interrupted() => Interlocked.Increment(ref _interrupted);

    /// <returns>Null when nothing happened since the last call.</returns>
    public (TaskStats Stats, HdrHistogram.LongHistogram? Time)? Take()
    {
        var passed = Difference(0, ref _passed);
        var failed = Difference(1, ref _failed);
        var interrupted = Difference(2, ref _interrupted);
        var time = _time.Drain();
        if (passed == 0 && failed == 0 && interrupted == 0 && time is null)
        {
            return null;
        }

        EncodedTiming[] timings = time is null ? [] : [new EncodedTiming(Timing.TaskTime, HistogramCodec.Encode(time))];
        return (new TaskStats(Name, passed, failed, interrupted, timings), time);
    }

    private long Difference(int index, ref long counter)
    {
        var now = Volatile.Read(ref counter);
        var difference = now - _taken[index];
        _taken[index] = now;
        return difference;
    }
}
