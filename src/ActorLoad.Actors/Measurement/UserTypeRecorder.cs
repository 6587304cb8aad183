using System.Collections.Concurrent;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Measurement;

/// <summary>Everything that the users of one type measure on this worker. Recording is lock-free and thread-safe.</summary>
public sealed class UserTypeRecorder
{
    private readonly StripedCounters _counters = new(MetricNames.Counters.Count);
    private readonly long[] _taken = new long[MetricNames.Counters.Count];
    private readonly ConcurrentDictionary<string, StreamRecorder> _streams = new(StringComparer.Ordinal);
    private readonly StripedTiming[] _timings = [.. Enum.GetValues<Timing>().Select(_ => new StripedTiming())];

    public UserTypeRecorder(string name, IEnumerable<string> tasks, WorkerRecorder worker)
    {
        Name = name;
        Worker = worker;
        Tasks = [.. tasks.Select(t => new TaskRecorder(t))];
    }

    public string Name { get; }

    /// <summary>What is not kept per user type: levels, event names, failures.</summary>
    public WorkerRecorder Worker { get; }

    /// <summary>In the order of the user type's tasks.</summary>
    public IReadOnlyList<TaskRecorder> Tasks { get; }

    /// <summary>The recorder of this type's streams of that name.</summary>
    public StreamRecorder Stream(string name) => _streams.GetOrAdd(name, static (n, type) => new StreamRecorder(n, type), this);

    public void Count(Counter counter) => _counters.Increment((int)counter);

    public void Count(Counter counter, long amount) => _counters.Add((int)counter, amount);

    /// <param name="timing">What is timed; <see cref="Timing.TaskTime"/> is recorded by the task.</param>
    /// <param name="ticks">Timestamp ticks.</param>
    public void Record(Timing timing, long ticks) => _timings[(int)timing].Record(ticks);

    public void RecordMicroseconds(Timing timing, long us) => _timings[(int)timing].RecordMicroseconds(us);

    public long Sum(Counter counter) => _counters.Sum((int)counter) + _streams.Values.Sum(s => s.Sum(counter));

    /// <summary>What was recorded since the last call. One caller at a time.</summary>
    public UserTypeStats Take()
    {
        var tasks = new List<TaskStats>();
        HdrHistogram.LongHistogram? taskTime = null;
        foreach (var task in Tasks)
        {
            if (task.Take() is var (stats, time))
            {
                tasks.Add(stats);
                if (time is not null)
                {
                    (taskTime ??= HistogramCodec.Create()).Add(time);
                }
            }
        }

        var timings = new List<EncodedTiming>();
        for (var i = 0; i < _timings.Length; i++)
        {
            var histogram = (Timing)i == Timing.TaskTime ? taskTime : _timings[i].Drain();
            if (histogram is not null)
            {
                timings.Add(new EncodedTiming((Timing)i, HistogramCodec.Encode(histogram)));
            }
        }

        var counters = _counters.TakeDifference(_taken);
        return new UserTypeStats(Name, counters, [.. timings], [.. tasks]) { Streams = TakeStreams(counters) };
    }

    private StreamStats[] TakeStreams(long[] counters)
    {
        var streams = new List<StreamStats>();
        foreach (var stream in _streams.Values)
        {
            var counted = stream.Take();
            if (counted.AsSpan().IndexOfAnyExcept(0) < 0)
            {
                continue;
            }

            streams.Add(new StreamStats(stream.Name, counted));
            for (var i = 0; i < counted.Length; i++)
            {
                counters[i] += counted[i];
            }
        }

        streams.Sort(static (a, b) => string.CompareOrdinal(a.Stream, b.Stream));
        return [.. streams];
    }
}
