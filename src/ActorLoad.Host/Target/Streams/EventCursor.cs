using System.Buffers;
using ActorLoad.Host.Target.Channels;
using ActorLoad.Host.Target.Faults;
using ActorLoad.Host.Target.Stats;

namespace ActorLoad.Host.Target.Streams;

/// <summary>How far one stream is in its ring, and what of the rest goes into the next write: all of it, or what filter and faults leave.</summary>
internal sealed class EventCursor(EventRing ring, StreamSettings settings, TargetCounters counters)
{
    private const int BatchBytes = 16 * 1024;

    private readonly StreamExtras? _extras = settings.Extras;

    // Beyond every event until it is placed.
    private long _next = long.MaxValue;

    /// <summary>Whether there are events that this stream has yet to write.</summary>
    public bool IsBehindNewest => Volatile.Read(ref _next) <= ring.Newest;

    /// <summary>Whether the ring has overtaken this stream.</summary>
    public bool IsOvertaken => Volatile.Read(ref _next) < ring.Oldest;

    /// <summary>Finds the first event. Every event published after this call is delivered.</summary>
    public void Place() => Volatile.Write(ref _next, FirstId());

    /// <summary>The event to write when it is a plain stream's only one, which is nearly always so; else null, and nothing is taken.</summary>
    public EventFrame? TakeOnly()
    {
        if (_extras is not null || _next != ring.Newest || ring.Find(_next) is not { Ends: false } frame)
        {
            return null;
        }

        Volatile.Write(ref _next, _next + 1);
        return frame;
    }

    /// <summary>Adds what may be written now, up to a sensible size.</summary>
    /// <returns>False when the ring has overtaken this stream.</returns>
    public bool Fill(ref StreamBatch batch, IBufferWriter<byte> buffer, TargetStream stream)
    {
        while (IsBehindNewest && batch.Bytes < BatchBytes && !batch.Ends && IsWithinLimit(batch))
        {
            if (ring.Find(_next) is not { } frame)
            {
                return false;
            }

            if (_extras is { DelayMs: > 0 } && frame.PublishedAt + _extras.DelayMs - Environment.TickCount64 is > 0 and var wait)
            {
                _extras.WakeIn(stream, wait);
                break;
            }

            Volatile.Write(ref _next, _next + 1);
            if (_extras?.Types is not { } types || types.Contains(frame.Type))
            {
                AddWithFaults(ref batch, buffer, frame);
            }
        }

        return true;
    }

    private void AddWithFaults(ref StreamBatch batch, IBufferWriter<byte> buffer, EventFrame frame)
    {
        if (_extras is null)
        {
            batch.Add(buffer, frame);
            return;
        }

        var ends = frame.Ends || frame.Id >= _extras.Last;

        // The first event of all tells a client where to begin counting: a fault on it would be no fault to the client.
        if (_extras.Plan is not { } plan || (_extras.Ledger is { IsEmpty: true } && _extras.InHand.Count == 0))
        {
            Add(ref batch, buffer, frame);
            batch.Ends |= ends;
            return;
        }

        var output = plan.Next(frame, ends, out var skipped);
        if (skipped)
        {
            counters.Add(FaultKind.Skip);
            _extras.Ledger?.Count(FaultKind.Skip, 1);
        }

        foreach (var (one, completes) in output)
        {
            if (one is null)
            {
                break;
            }

            if (!IsWithinLimit(batch))
            {
                // The limit came in the middle: what the fault would have done did not happen.
                return;
            }

            Add(ref batch, buffer, one);
            batch.Repeats += completes == FaultKind.Repeat ? 1 : 0;
            batch.Swaps += completes == FaultKind.Swap ? 1 : 0;
            batch.Lates += completes == FaultKind.Late ? 1 : 0;
        }

        batch.Ends |= ends;
    }

    private void Add(ref StreamBatch batch, IBufferWriter<byte> buffer, EventFrame frame)
    {
        batch.Add(buffer, frame);
        if (_extras!.Ledger is not null)
        {
            _extras.InHand.Add(frame.Id);
        }
    }

    private bool IsWithinLimit(in StreamBatch batch) => _extras is null || _extras.Sent + batch.Events < _extras.Limit;

    private long FirstId()
    {
        var newest = ring.Newest;
        if (settings.After is not { } after)
        {
            return newest + 1;
        }

        CountResume(TargetCounter.StreamsResumed);
        if (after < 0 || after > newest + settings.Slack)
        {
            // An id this channel never gave out, for instance before a restart: nothing can be replayed after it.
            CountResume(TargetCounter.ResumesUnknown);
            return newest + 1;
        }

        var oldest = ring.Oldest;
        if (after + 1 < oldest)
        {
            CountResume(TargetCounter.ResumesGap);
        }

        return Math.Max(after + 1, oldest);
    }

    private void CountResume(TargetCounter counter)
    {
        if (settings.Resumed)
        {
            counters.Add(counter);
        }
    }
}
