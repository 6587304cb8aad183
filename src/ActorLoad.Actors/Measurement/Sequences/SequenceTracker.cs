namespace ActorLoad.Actors.Measurement.Sequences;

/// <summary>
/// Delivery integrity of one stream: the highest number seen of each of its sequences, and the holes below.
/// <code>
/// number s                         becomes     and
/// the first of its sequence        InOrder     highest = s
/// highest + 1                      InOrder     highest = s
/// beyond highest + 1               Gap         the numbers between become holes; highest = s
/// beyond highest + MaxGap          Absurd      nothing
/// at most highest, a hole          Reordered   the hole closes
/// at most highest, no hole         Duplicated  nothing
/// </code>
/// Pure; allocates for the first number of a sequence and for holes only. Not thread-safe.
/// </summary>
internal sealed class SequenceTracker(int holes = HoleList.DefaultCapacity)
{
    /// <summary>
    /// No target publishes as many events between two that arrive. One absurd number would otherwise be the highest for ever, and
    /// sums over many streams would leave the range of a counter.
    /// </summary>
    public const long MaxGap = 1L << 32;

    private const long Nothing = -1;

    // By key.
    private long[] _highest = [];
    private HoleList? _holes;
    private int _mark;

    /// <summary>Numbers that went missing since <see cref="Mark"/> and have not arrived.</summary>
    public long MissedSinceMark { get; private set; }

    /// <param name="number">0 or more.</param>
    /// <param name="key">Which sequence of the stream: 0, 1, 2 … in the order of their first numbers.</param>
    /// <param name="missed">How many numbers went missing; above zero for <see cref="SequenceStep.Gap"/> only.</param>
    public SequenceStep Observe(long number, int key, out long missed)
    {
        missed = 0;
        ref var highest = ref HighestOf(key);
        if (number == highest + 1 || highest == Nothing)
        {
            highest = number;
            return SequenceStep.InOrder;
        }

        if (number <= highest)
        {
            return Close(number, key) ? SequenceStep.Reordered : SequenceStep.Duplicated;
        }

        if (number - highest > MaxGap)
        {
            return SequenceStep.Absurd;
        }

        missed = number - highest - 1;
        MissedSinceMark += missed;
        _holes ??= new HoleList(holes);
        _holes.Add(new Hole { From = highest + 1, To = number - 1, Key = key, Mark = _mark });
        highest = number;
        return SequenceStep.Gap;
    }

    /// <summary>Starts afresh: the next number of each sequence is its first, and what was missed stays missed.</summary>
    public void Restart()
    {
        _highest = [];
        _holes = null;
    }

    /// <param name="mark">Another one than before.</param>
    public void Mark(int mark)
    {
        _mark = mark;
        MissedSinceMark = 0;
    }

    private bool Close(long number, int key)
    {
        if (_holes is null || !_holes.TryClose(key, number, out var mark))
        {
            return false;
        }

        if (mark == _mark)
        {
            MissedSinceMark--;
        }

        return true;
    }

    private ref long HighestOf(int key)
    {
        if (key >= _highest.Length)
        {
            var known = _highest.Length;
            Array.Resize(ref _highest, Math.Max(key + 1, known * 2));
            _highest.AsSpan(known).Fill(Nothing);
        }

        return ref _highest[key];
    }
}
