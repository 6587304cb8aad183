namespace ActorLoad.Messages.Identifiers;

/// <summary>
/// The part of the plan that one worker runs: user ids are dealt in stripes of <see cref="Of"/>, and the worker owns
/// the positions <c>From &lt;= id mod Of &lt; To</c> of each stripe. Segments that cover 0..Of without overlap add up to
/// the whole plan exactly, at every moment. A single machine runs <see cref="Whole"/>, that is 0:1.
/// </summary>
public readonly record struct Segment
{
    /// <exception cref="ArgumentOutOfRangeException">Not 0 &lt;= from &lt; to &lt;= of.</exception>
    public Segment(int from, int to, int of)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(to, from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, of);
        (From, To, Of) = (from, to, of);
    }

    public int From { get; }

    public int To { get; }

    public int Of { get; }

    public static Segment Whole { get; } = new(0, 1, 1);

    /// <summary>How many of the global user ids 0..total-1 belong to this segment.</summary>
    public long ShareOf(long total) =>
        (total / Of * (To - From)) + Math.Clamp((total % Of) - From, 0, To - From);

    /// <summary>The global id of this segment's n-th user (n counts from 0).</summary>
    public long UserIdAt(long n)
    {
        var width = To - From;
        return (n / width * Of) + From + (n % width);
    }

    /// <summary>The inverse of <see cref="UserIdAt"/>; null when the id belongs to another segment.</summary>
    public long? IndexOf(long userId) => userId % Of is var at && at >= From && at < To
        ? (userId / Of * (To - From)) + at - From
        : null;

    public override string ToString() => $"{From}-{To}:{Of}";
}
