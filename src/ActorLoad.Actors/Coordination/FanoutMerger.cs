using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Coordination;

/// <summary>
/// Joins what the workers of a run say of the same event. An event's spread is known some seconds after the last worker spoke of
/// it; with one worker at once. Plain logic, bounded memory.
/// </summary>
internal sealed class FanoutMerger
{
    // A worker tells of an event 2 to 4 seconds after its last receiver, and its windows come a moment later.
    private const int PatienceSeconds = 5;
    private const int MostEvents = 10_000;

    private readonly Dictionary<ulong, (FanoutSpan Span, int Second)> _open = [];

    /// <summary>How many have ever taken part: what one said may still be waiting for the others when it is gone.</summary>
    public int Workers { get; set; }

    /// <param name="second">Number of the second that is being closed.</param>
    public void Add(FanoutSpan span, int second)
    {
        if (_open.TryGetValue(span.Key, out var known))
        {
            var joined = new FanoutSpan(
                span.Key,
                Math.Min(span.FirstUnixUs, known.Span.FirstUnixUs),
                Math.Max(span.LastUnixUs, known.Span.LastUnixUs),
                span.Receivers + known.Span.Receivers);
            _open[span.Key] = (joined, second);
        }
        else if (_open.Count < MostEvents)
        {
            _open.Add(span.Key, (span, second));
        }
    }

    /// <summary>Records the spread of every event that is complete into the second that is being closed.</summary>
    /// <param name="isLast">No second follows.</param>
    public void Complete(StatsTotals into, int second, bool isLast)
    {
        foreach (var (key, (span, last)) in _open)
        {
            if (isLast || Workers == 1 || second - last >= PatienceSeconds)
            {
                _open.Remove(key);
                if (span.Receivers > 1)
                {
                    into.Record(Timing.FanoutSpread, span.LastUnixUs - span.FirstUnixUs);
                }
            }
        }
    }
}
