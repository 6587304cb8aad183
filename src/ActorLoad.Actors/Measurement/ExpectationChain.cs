using ActorLoad.Actors.Framing;

namespace ActorLoad.Actors.Measurement;

/// <summary>
/// The awaits of a task on one stream, in order. All are armed together, before the first of them is reached, so that an
/// event which arrives between two steps is not missed; an event counts for the first await that is not met yet. Only the
/// stream's current graph feeds it; the callback is called once per met expectation, on that thread.
/// </summary>
/// <param name="expectations">Null where it is not known yet what is awaited; no event meets that until it is.</param>
public sealed class ExpectationChain(IReadOnlyList<Expectation?> expectations, Action<ExpectationChain> onMet)
{
    private readonly Expectation?[] _expectations = [.. expectations];
    private readonly long[] _metAt = new long[expectations.Count];
    private readonly long[] _missedAt = new long[expectations.Count];
    private int _matched;
    private int _met;

    /// <summary>How many expectations have been met, from the front.</summary>
    public int Met => Volatile.Read(ref _met);

    /// <summary>Matches so far of the first expectation that is not met, for messages about what was missing.</summary>
    public int Matched => Volatile.Read(ref _matched);

    /// <summary>Which event of the stream, counted from 1, met the expectation.</summary>
    public long MetAt(int index) => _metAt[index];

    /// <summary>How many events were missing then, of those that the stream has missed since its mark.</summary>
    public long MissedAt(int index) => _missedAt[index];

    public bool IsKnown(int index) => Volatile.Read(ref _expectations[index]) is not null;

    /// <summary>Says what is awaited at this place; takes effect with the next event. Called by the user alone.</summary>
    public void Set(int index, Expectation expectation) => Volatile.Write(ref _expectations[index], expectation);

    /// <param name="number">Counts the events of the stream from 1.</param>
    /// <param name="missed">Events that the stream has missed since its mark.</param>
    /// <returns>Whether it met an expectation.</returns>
    public bool OnEvent(in SseEvent e, long number, long missed = 0)
    {
        if (_met == _expectations.Length || Volatile.Read(ref _expectations[_met]) is not { } expectation || !expectation.Matches(e))
        {
            return false;
        }

        if (_matched + 1 < expectation.Count)
        {
            Volatile.Write(ref _matched, _matched + 1);
            return false;
        }

        _metAt[_met] = number;
        _missedAt[_met] = missed;
        Volatile.Write(ref _matched, 0);
        Volatile.Write(ref _met, _met + 1);
        onMet(this);
        return true;
    }
}
