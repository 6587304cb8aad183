using ActorLoad.Host.Target.Accounts;
using ActorLoad.Host.Target.Faults;

namespace ActorLoad.Host.Target.Streams;

/// <summary>What makes a stream other than plain. A plain stream has none of this, which keeps thousands of them small.</summary>
internal sealed class StreamExtras : IDisposable
{
    private Timer? _timer;

    /// <summary>The event names to send; null sends all.</summary>
    public IReadOnlySet<string>? Types { get; init; }

    /// <summary>Skips, repeats and swaps; null does nothing of the kind.</summary>
    public FaultPlan? Plan { get; init; }

    /// <summary>An event is sent this many ms after it was published.</summary>
    public long DelayMs { get; init; }

    /// <summary>After so many events, <see cref="AtLimit"/> happens.</summary>
    public long Limit { get; init; } = long.MaxValue;

    public LimitAction AtLimit { get; init; }

    /// <summary>The number of the last event of the stream, which then ends.</summary>
    public long Last { get; init; } = long.MaxValue;

    /// <summary>What was written to this client over all its connections; null when nobody wants to know.</summary>
    public DeliveryLedger? Ledger { get; init; }

    /// <summary>The events of the write in hand, for the ledger.</summary>
    public List<long> InHand { get; } = [];

    /// <summary>Events written so far.</summary>
    public long Sent { get; set; }

    /// <summary>Null when nothing is asked for.</summary>
    /// <param name="faults">Of this stream.</param>
    /// <param name="types">Filter, or null.</param>
    /// <param name="maxEvents">The client's own wish for an end, or null.</param>
    /// <param name="seed">Of the fault plan.</param>
    /// <param name="last">Number of the last event, or null.</param>
    /// <param name="ledger">The client's, or null.</param>
    public static StreamExtras? Create(TargetFaults faults, IReadOnlySet<string>? types, long? maxEvents, ulong seed, long? last, DeliveryLedger? ledger)
    {
        var (limit, action) = LimitOf(faults, maxEvents);
        if (types is null && !faults.ChangesEvents && faults.Delay == TimeSpan.Zero && limit == long.MaxValue && last is null)
        {
            return null;
        }

        return new StreamExtras
        {
            Types = types,
            Plan = faults.ChangesEvents ? new FaultPlan(faults, seed) : null,
            DelayMs = (long)faults.Delay.TotalMilliseconds,
            Limit = limit,
            AtLimit = action,
            Last = last ?? long.MaxValue,
            Ledger = ledger,
        };
    }

    /// <summary>Signals the stream after so many ms.</summary>
    public void WakeIn(TargetStream stream, long ms)
    {
        _timer ??= new Timer(static s => ((TargetStream)s!).Signal(), stream, Timeout.Infinite, Timeout.Infinite);
        _timer.Change(ms, Timeout.Infinite);
    }

    /// <summary>A write has completed: the client has what is in hand.</summary>
    public void Enter(in StreamBatch batch)
    {
        if (Ledger is not { } ledger || InHand.Count == 0)
        {
            return;
        }

        ledger.Write(InHand);
        InHand.Clear();
        ledger.Count(FaultKind.Repeat, batch.Repeats);
        ledger.Count(FaultKind.Swap, batch.Swaps);
        ledger.Count(FaultKind.Late, batch.Lates);
    }

    public void Dispose() => _timer?.Dispose();

    // The smallest number wins; of equal ones the first in this list.
    private static (long Limit, LimitAction Action) LimitOf(TargetFaults faults, long? maxEvents)
    {
        (long? After, LimitAction Action)[] limits =
        [
            (maxEvents, LimitAction.Finish),
            (faults.CutAfter, LimitAction.Cut),
            (faults.ResetAfter, LimitAction.Reset),
            (faults.StallAfter, LimitAction.Stall),
        ];
        var (after, action) = limits.MinBy(l => l.After ?? long.MaxValue);
        return (after ?? long.MaxValue, action);
    }
}
