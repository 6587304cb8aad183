using HdrHistogram;

namespace ActorLoad.Messages.Stats;

/// <summary>The sum over windows of one task.</summary>
public sealed class TaskTotals
{
    public long Passed { get; private set; }

    public long Failed { get; private set; }

    public long Interrupted { get; private set; }

    public Dictionary<Timing, LongHistogram> Timings { get; } = [];

    internal void Add(TaskStats stats)
    {
        Passed += stats.Passed;
        Failed += stats.Failed;
        Interrupted += stats.Interrupted;
        foreach (var timing in stats.Timings)
        {
            timing.Decode().AddTo(UserTypeTotals.Of(Timings, timing.Timing));
        }
    }

    internal void Add(TaskTotals other)
    {
        Passed += other.Passed;
        Failed += other.Failed;
        Interrupted += other.Interrupted;
        foreach (var (timing, histogram) in other.Timings)
        {
            UserTypeTotals.Merge(Timings, timing, histogram);
        }
    }
}
