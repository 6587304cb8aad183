namespace ActorLoad.Actors.Tests.Measurement.Sequences;

/// <summary>
/// The rules of delivery integrity with a set of missing numbers, written down as simply as possible: number by number, and
/// slow. What a bounded memory forgets is found by looking for runs of numbers.
/// </summary>
internal sealed class NaiveSequences(int mostRuns)
{
    private readonly SortedDictionary<int, SortedSet<long>> _missing = [];
    private readonly Dictionary<int, long> _highest = [];

    public long Missed { get; private set; }

    public long Duplicated { get; private set; }

    public long Reordered { get; private set; }

    public void Observe(long number, int key)
    {
        var missing = _missing.TryGetValue(key, out var known) ? known : _missing[key] = [];
        if (!_highest.TryGetValue(key, out var highest))
        {
            _highest[key] = number;
        }
        else if (number > highest)
        {
            if (number > highest + 1 && Runs() == mostRuns)
            {
                Forget(key);
            }

            for (var n = highest + 1; n < number; n++)
            {
                missing.Add(n);
                Missed++;
            }

            _highest[key] = number;
        }
        else if (missing.Remove(number))
        {
            Missed--;
            Reordered++;
            if (Runs() > mostRuns)
            {
                Forget(key);
            }
        }
        else
        {
            Duplicated++;
        }
    }

    public void Restart()
    {
        _missing.Clear();
        _highest.Clear();
    }

    private int Runs() => _missing.Values.Sum(set => set.Count(n => !set.Contains(n - 1)));

    private void Forget(int key)
    {
        var set = _missing[key].Count > 0 ? _missing[key] : _missing.Values.First(s => s.Count > 0);
        for (var n = set.Min; set.Remove(n); n++)
        {
        }
    }
}
