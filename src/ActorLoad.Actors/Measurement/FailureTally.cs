using System.Collections.Concurrent;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Measurement;

/// <summary>Counts failures by kind and keeps the text of the first one of each.</summary>
public sealed class FailureTally
{
    private const int MaxSample = 300;

    private readonly ConcurrentDictionary<(FailureWhere Where, FailureReason Reason), Entry> _entries = new();

    public void Count(FailureWhere where, FailureReason reason, string sample)
    {
        // Same entry for all: the factory runs only for the first failure of a kind.
        var entry = _entries.GetOrAdd(
            (where, reason),
            static (_, text) => new Entry(text.Length > MaxSample ? text[..MaxSample] + "…" : text),
            sample);
        Interlocked.Increment(ref entry.Total);
    }

    /// <summary>Whether one of this kind was counted before: then the text of another one is not kept.</summary>
    public bool IsKnown(FailureWhere where, FailureReason reason) => _entries.ContainsKey((where, reason));

    /// <summary>What was counted since the last call. One caller at a time.</summary>
    public FailureCount[] Take()
    {
        var counts = new List<FailureCount>();
        foreach (var ((where, reason), entry) in _entries)
        {
            var total = Volatile.Read(ref entry.Total);
            if (total != entry.Taken)
            {
                counts.Add(new FailureCount(where, reason, total - entry.Taken, entry.Sample));
                entry.Taken = total;
            }
        }

        return [.. counts];
    }

    private sealed class Entry(string sample)
    {
        public long Total;

        public string Sample { get; } = sample;

        public long Taken { get; set; }
    }
}
