using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Tests.Reports;

/// <summary>Makes windows as a worker would, so that tests go through the real encoding and the real merge.</summary>
internal sealed class WindowBuilder(int number)
{
    public static readonly RunId Run = new("20260301-120000-orders-1a2b");
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, TypeBuilder> _types = [];
    private readonly List<NamedCount> _events = [];
    private readonly List<FailureCount> _failures = [];
    private readonly List<IntegritySample> _samples = [];
    private readonly long[] _gauges = new long[MetricNames.Gauges.Count];
    private GeneratorHealth? _health;

    public WindowBuilder Gauges(long users, long streams)
    {
        (_gauges[(int)Gauge.UsersActive], _gauges[(int)Gauge.StreamsOpen]) = (users, streams);
        return this;
    }

    public WindowBuilder Count(Counter counter, long count, string type = "reader")
    {
        Type(type).Counters[(int)counter] += count;
        return this;
    }

    /// <summary>Counts for a stream, and with it for its user type.</summary>
    public WindowBuilder Stream(string type, string stream, params (Counter Counter, long Count)[] counts)
    {
        var counters = new long[MetricNames.Counters.Count];
        foreach (var (counter, count) in counts)
        {
            counters[(int)counter] += count;
            Count(counter, count, type);
        }

        Type(type).Streams.Add(new StreamStats(stream, counters));
        return this;
    }

    public WindowBuilder Sample(IntegrityKind kind, long number, string key = "", string stream = "main")
    {
        _samples.Add(new IntegritySample(kind, "reader", 12, stream, key, number, Start.ToUnixTimeMilliseconds() + number));
        return this;
    }

    public WindowBuilder Time(Timing timing, params IEnumerable<long> microseconds)
    {
        Type("reader").Timings.Add(Encode(timing, microseconds));
        return this;
    }

    public WindowBuilder Task(string type, string task, long passed, long failed = 0, long interrupted = 0, params IEnumerable<long> microseconds)
    {
        Type(type).Tasks.Add(new TaskStats(task, passed, failed, interrupted, [Encode(Timing.TaskTime, microseconds)]));
        Type(type).Timings.Add(Encode(Timing.TaskTime, microseconds));
        return Count(Counter.TasksPassed, passed, type).Count(Counter.TasksFailed, failed, type).Count(Counter.TasksInterrupted, interrupted, type);
    }

    public WindowBuilder Events(string name, long count)
    {
        _events.Add(new NamedCount(name, count));
        return Count(Counter.Events, count);
    }

    public WindowBuilder Failure(FailureWhere where, FailureReason reason, long count, string sample = "")
    {
        _failures.Add(new FailureCount(where, reason, count, sample));
        return this;
    }

    public WindowBuilder Health(GeneratorHealth health)
    {
        _health = health;
        return this;
    }

    public StatsWindow Window() => new(
        Run,
        new WorkerId("worker-1"),
        number,
        Start.AddSeconds(number).ToUnixTimeMilliseconds(),
        1000,
        _gauges,
        _gauges,
        [.. _types.Select(t => new UserTypeStats(t.Key, t.Value.Counters, [.. t.Value.Timings], [.. t.Value.Tasks]) { Streams = [.. t.Value.Streams] })],
        [.. _events],
        [.. _failures])
    {
        Health = _health,
        Samples = [.. _samples],
    };

    public RunSecond Second() => new(Run, number, Start.AddSeconds(number), TimeSpan.FromSeconds(1), Totals());

    public StatsTotals Totals()
    {
        var window = Window();
        var totals = new StatsTotals();
        totals.Add(window);
        totals.AddGauges(window.Gauges, window.GaugesMax);
        return totals;
    }

    private TypeBuilder Type(string name)
    {
        if (!_types.TryGetValue(name, out var type))
        {
            _types.Add(name, type = new TypeBuilder());
        }

        return type;
    }

    private static EncodedTiming Encode(Timing timing, IEnumerable<long> microseconds)
    {
        var histogram = HistogramCodec.Create();
        foreach (var value in microseconds)
        {
            histogram.RecordValue(value);
        }

        return new EncodedTiming(timing, HistogramCodec.Encode(histogram));
    }

    private sealed class TypeBuilder
    {
        public long[] Counters { get; } = new long[MetricNames.Counters.Count];

        public List<EncodedTiming> Timings { get; } = [];

        public List<TaskStats> Tasks { get; } = [];

        public List<StreamStats> Streams { get; } = [];
    }
}
