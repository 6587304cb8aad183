using HdrHistogram;

namespace ActorLoad.Messages.Stats;

/// <summary>The sum over windows of one user type.</summary>
public sealed class UserTypeTotals
{
    public long[] Counters { get; } = new long[MetricNames.Counters.Count];

    public Dictionary<Timing, LongHistogram> Timings { get; } = [];

    public SortedDictionary<string, TaskTotals> Tasks { get; } = new(StringComparer.Ordinal);

    /// <summary>Counters by stream name.</summary>
    public SortedDictionary<string, long[]> Streams { get; } = new(StringComparer.Ordinal);

    public long this[Counter counter] => Counters[(int)counter];

    internal void Add(UserTypeStats stats, Dictionary<Timing, LongHistogram> overall)
    {
        for (var i = 0; i < stats.Counters.Length && i < Counters.Length; i++)
        {
            Counters[i] += stats.Counters[i];
        }

        foreach (var stream in stats.Streams)
        {
            AddStream(stream.Stream, stream.Counters);
        }

        foreach (var timing in stats.Timings)
        {
            timing.Decode().AddTo(Of(Timings, timing.Timing));
            timing.Decode().AddTo(Of(overall, timing.Timing));
        }

        foreach (var task in stats.Tasks)
        {
            if (!Tasks.TryGetValue(task.Task, out var totals))
            {
                Tasks.Add(task.Task, totals = new TaskTotals());
            }

            totals.Add(task);
        }
    }

    internal void Add(UserTypeTotals other)
    {
        foreach (var (name, counters) in other.Streams)
        {
            AddStream(name, counters);
        }

        for (var i = 0; i < Counters.Length; i++)
        {
            Counters[i] += other.Counters[i];
        }

        foreach (var (timing, histogram) in other.Timings)
        {
            Merge(Timings, timing, histogram);
        }

        foreach (var (name, task) in other.Tasks)
        {
            if (!Tasks.TryGetValue(name, out var totals))
            {
                Tasks.Add(name, totals = new TaskTotals());
            }

            totals.Add(task);
        }
    }

    private void AddStream(string name, long[] counters)
    {
        if (!Streams.TryGetValue(name, out var sum))
        {
            Streams.Add(name, sum = new long[MetricNames.Counters.Count]);
        }

        for (var i = 0; i < counters.Length && i < sum.Length; i++)
        {
            sum[i] += counters[i];
        }
    }

    internal static void Merge(Dictionary<Timing, LongHistogram> into, Timing timing, HistogramBase histogram) => Of(into, timing).Add(histogram);

    internal static LongHistogram Of(Dictionary<Timing, LongHistogram> into, Timing timing)
    {
        if (!into.TryGetValue(timing, out var sum))
        {
            into.Add(timing, sum = HistogramCodec.Create());
        }

        return sum;
    }
}
