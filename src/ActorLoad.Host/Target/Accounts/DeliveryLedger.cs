using System.Collections;
using ActorLoad.Host.Target.Faults;

namespace ActorLoad.Host.Target.Accounts;

/// <summary>
/// What was written to one client over all its connections, event by event: the plain truth about what it must have missed,
/// got twice and got out of order. Kept as a set, on purpose in another way than any client would. Thread-safe.
/// </summary>
internal sealed class DeliveryLedger(int last)
{
    private readonly BitArray _written = new(last + 1);
    private readonly long[] _faults = new long[Enum.GetValues<FaultKind>().Length];
    private readonly Lock _lock = new();
    private long _events;
    private int _lowest;
    private int _highest;
    private int _different;
    private long _duplicated;
    private long _reordered;
    private bool _complete;

    /// <summary>Whether nothing was written yet.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _events == 0;
            }
        }
    }

    /// <summary>These events were handed to the kernel, in this order.</summary>
    public void Write(IReadOnlyList<long> ids)
    {
        lock (_lock)
        {
            foreach (var id in ids)
            {
                Write((int)id);
            }
        }
    }

    public void Count(FaultKind kind, long n)
    {
        lock (_lock)
        {
            _faults[(int)kind] += n;
        }
    }

    /// <summary>The client came back for more and named the last event of all: it has read everything.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _complete = true;
        }
    }

    public void AddTo(AccountTotals totals)
    {
        lock (_lock)
        {
            totals.Streams++;
            totals.Complete += _complete ? 1 : 0;
            totals.Events += _events;
            totals.Missed += _events == 0 ? 0 : _highest - _lowest + 1 - _different;
            totals.Duplicated += _duplicated;
            totals.Reordered += _reordered;
            for (var i = 0; i < _faults.Length; i++)
            {
                totals.Faults[i] += _faults[i];
            }
        }
    }

    private void Write(int id)
    {
        if (_events++ == 0)
        {
            (_lowest, _highest) = (id, id);
        }

        if (_written[id])
        {
            _duplicated++;
            return;
        }

        _written[id] = true;
        _different++;
        _reordered += id < _highest ? 1 : 0;
        _lowest = Math.Min(_lowest, id);
        _highest = Math.Max(_highest, id);
    }
}
