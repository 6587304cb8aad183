namespace ActorLoad.Actors.Measurement.Sequences;

/// <summary>
/// The holes of one stream, over all its sequences, as ranges: a gap of a million numbers costs as much as one of a single
/// number. At most so many ranges are remembered; beyond that the lowest hole of the same sequence is given up (or, when it
/// has none, the lowest of another), and what it lacks stays missed for good. Not thread-safe.
/// </summary>
internal sealed class HoleList(int capacity)
{
    /// <summary>24 bytes each.</summary>
    public const int DefaultCapacity = 128;

    private const int FirstLength = 4;

    // A stream that swaps neighbours now and then opens and closes holes all the time, which must not allocate each time.
    private const int KeptLength = 16;

    // By key, then by number. Two ranges of a key never touch: the number between them has arrived.
    private Hole[] _holes = new Hole[Math.Min(FirstLength, capacity)];
    private int _count;

    /// <summary>How many ranges there are.</summary>
    public int Count => _count;

    /// <summary>Opens a hole beyond all others of its sequence.</summary>
    public void Add(in Hole hole)
    {
        var at = IndexAfter(hole.Key, hole.From);
        if (_count == capacity)
        {
            var lowest = at > 0 && _holes[at - 1].Key == hole.Key ? LowestOf(hole.Key) : 0;
            RemoveAt(lowest);
            at = lowest < at ? at - 1 : at;
        }

        InsertAt(at, hole);
    }

    /// <summary>Takes a number out of the hole it lies in.</summary>
    /// <param name="mark">The hole's.</param>
    /// <returns>False when it lies in none.</returns>
    public bool TryClose(int key, long number, out int mark)
    {
        var at = IndexAfter(key, number) - 1;
        if (at < 0 || _holes[at].Key != key || _holes[at].To < number)
        {
            mark = 0;
            return false;
        }

        ref var hole = ref _holes[at];
        mark = hole.Mark;
        if (hole.From == hole.To)
        {
            RemoveAt(at);
        }
        else if (hole.From == number)
        {
            hole.From++;
        }
        else if (hole.To == number)
        {
            hole.To--;
        }
        else
        {
            Split(at, number);
        }

        return true;
    }

    private void Split(int at, long number)
    {
        var upper = _holes[at] with { From = number + 1 };
        if (_count == capacity)
        {
            var lowest = LowestOf(upper.Key);
            if (lowest == at)
            {
                _holes[at] = upper;
                return;
            }

            RemoveAt(lowest);
            at--;
        }

        _holes[at].To = number - 1;
        InsertAt(at + 1, upper);
    }

    /// <summary>The index of the first range that begins after this number.</summary>
    private int IndexAfter(int key, long number)
    {
        var (low, high) = (0, _count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            ref var hole = ref _holes[middle];
            if (hole.Key < key || (hole.Key == key && hole.From <= number))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private int LowestOf(int key) => IndexAfter(key, long.MinValue);

    private void InsertAt(int at, in Hole hole)
    {
        if (_count == _holes.Length)
        {
            Array.Resize(ref _holes, Math.Min(capacity, _count * 2));
        }

        Array.Copy(_holes, at, _holes, at + 1, _count - at);
        _holes[at] = hole;
        _count++;
    }

    private void RemoveAt(int at)
    {
        _count--;
        Array.Copy(_holes, at + 1, _holes, at, _count - at);
        if (_count == 0 && _holes.Length > KeptLength)
        {
            _holes = new Hole[FirstLength];
        }
    }
}
