using ActorLoad.Host.Target.Faults;
using ActorLoad.Host.Target.Streams;

namespace ActorLoad.Host.Target.Stats;

/// <summary>Everything the target counts. Counters can be set back to zero; what is open now stays.</summary>
internal sealed class TargetCounters
{
    private readonly long[] _counters = new long[Enum.GetValues<TargetCounter>().Length];
    private readonly long[] _ends = new long[Enum.GetValues<StreamEnd>().Length];
    private readonly long[] _faults = new long[Enum.GetValues<FaultKind>().Length];
    private readonly long[] _statuses = new long[600];
    private long _openConnections;
    private long _openStreams;

    public long OpenConnections => Volatile.Read(ref _openConnections);

    public long OpenStreams => Volatile.Read(ref _openStreams);

    public long this[TargetCounter counter] => Volatile.Read(ref _counters[(int)counter]);

    public long this[StreamEnd reason] => Volatile.Read(ref _ends[(int)reason]);

    public long this[FaultKind kind] => Volatile.Read(ref _faults[(int)kind]);

    /// <summary>The statuses that were answered, and how often.</summary>
    public IEnumerable<(int Status, long Count)> Statuses =>
        _statuses.Select((_, status) => (status, Volatile.Read(ref _statuses[status]))).Where(s => s.Item2 > 0);

    public void Add(TargetCounter counter, long n = 1) => Interlocked.Add(ref _counters[(int)counter], n);

    public void Add(StreamEnd reason) => Interlocked.Increment(ref _ends[(int)reason]);

    public void Add(FaultKind kind, long n = 1) => Interlocked.Add(ref _faults[(int)kind], n);

    public void CountStatus(int status) => Interlocked.Increment(ref _statuses[status]);

    public void AddOpenConnection(int n) => Interlocked.Add(ref _openConnections, n);

    public void AddOpenStream(int n) => Interlocked.Add(ref _openStreams, n);

    /// <summary>Counts what a completed write carried.</summary>
    public void CountSent(in StreamBatch batch)
    {
        Add(TargetCounter.BytesSent, batch.Bytes);
        AddSome(TargetCounter.EventsSent, batch.Events);
        AddSome(TargetCounter.CommentsSent, batch.Comments);
        if (batch.Repeats > 0)
        {
            Add(FaultKind.Repeat, batch.Repeats);
        }

        if (batch.Swaps > 0)
        {
            Add(FaultKind.Swap, batch.Swaps);
        }

        if (batch.Lates > 0)
        {
            Add(FaultKind.Late, batch.Lates);
        }
    }

    public void Reset()
    {
        foreach (var array in new[] { _counters, _ends, _faults, _statuses })
        {
            for (var i = 0; i < array.Length; i++)
            {
                Interlocked.Exchange(ref array[i], 0);
            }
        }
    }

    private void AddSome(TargetCounter counter, int n)
    {
        if (n > 0)
        {
            Add(counter, n);
        }
    }
}
