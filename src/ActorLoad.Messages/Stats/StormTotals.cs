using ActorLoad.Messages.Identifiers;

namespace ActorLoad.Messages.Stats;

/// <summary>
/// The account of one reconnect storm, summed over windows and workers. Client storms of all workers belong together when they
/// have the same number, server storms when they began within two seconds of each other. Times count from each worker's own
/// first loss. Not thread-safe.
/// </summary>
public sealed class StormTotals
{
    private const long SameStormMs = 2000;

    private readonly HashSet<(WorkerId Worker, int Number)> _numbers = [];
    private readonly Dictionary<WorkerId, long> _before = [];

    private StormTotals(StormCause cause, int number, long startUnixMs) =>
        (Cause, Number, StartUnixMs) = (cause, number, startUnixMs);

    public StormCause Cause { get; }

    /// <summary>Client: index in the scenario's events-at. Server: as the first worker that told of it counts.</summary>
    public int Number { get; }

    /// <summary>The earliest start of all workers.</summary>
    public long StartUnixMs { get; private set; }

    public long StreamsBefore => _before.Values.Sum();

    public long Dropped { get; private set; }

    public long Failures { get; private set; }

    public long EventsMissed { get; private set; }

    public long EventsReplayed { get; private set; }

    /// <summary>Microseconds from the start of the storm until a dropped stream was open again.</summary>
    public BucketCounts Back { get; } = new();

    /// <summary>Microseconds from the start of the storm until a dropped stream set out to connect.</summary>
    public BucketCounts Attempts { get; } = new();

    /// <summary>The account of that storm among these, which is added when it is new.</summary>
    /// <param name="worker">Whose window tells of it; a worker's own numbers never change, whatever they were joined with. Null = of a sum.</param>
    internal static StormTotals Of(List<StormTotals> storms, StormCause cause, int number, long startUnixMs, WorkerId? worker = null)
    {
        var known = storms.Find(s => s.Cause == cause && cause == StormCause.Server && worker is { } w && s._numbers.Contains((w, number)))
            ?? storms.Find(s => s.Cause == cause && (cause == StormCause.Client
                ? s.Number == number
                : Math.Abs(s.StartUnixMs - startUnixMs) <= SameStormMs));
        if (known is null)
        {
            storms.Add(known = new StormTotals(cause, number, startUnixMs));
        }

        return known;
    }

    internal void Add(StormStats stats, WorkerId worker)
    {
        StartUnixMs = Math.Min(StartUnixMs, stats.StartUnixMs);
        _before[worker] = stats.StreamsBefore;
        _numbers.Add((worker, stats.Number));
        Dropped += stats.Dropped;
        Failures += stats.Failures;
        EventsMissed += stats.EventsMissed;
        EventsReplayed += stats.EventsReplayed;
        Back.Add(stats.Back);
        Attempts.Add(stats.Attempts);
    }

    internal void Add(StormTotals other)
    {
        StartUnixMs = Math.Min(StartUnixMs, other.StartUnixMs);
        foreach (var (worker, streams) in other._before)
        {
            _before[worker] = streams;
        }

        _numbers.UnionWith(other._numbers);
        Dropped += other.Dropped;
        Failures += other.Failures;
        EventsMissed += other.EventsMissed;
        EventsReplayed += other.EventsReplayed;
        Back.Add(other.Back);
        Attempts.Add(other.Attempts);
    }
}
