using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Users;

/// <summary>
/// Which streams a storm cuts, and when: a pure function of storm, user and stream, so that every worker and every run decides
/// alike. Consecutive user ids are spread evenly (the two-dimensional golden ratio sequence of M. Roberts, "The Unreasonable
/// Effectiveness of Quasirandom Sequences", 2018), so that the share is met closely also with few users.
/// </summary>
public static class StormDraw
{
    private const double First = 0.7548776662466927;
    private const double Second = 0.5698402909980532;

    /// <returns>How long after the start of the storm this stream is cut; null = it is spared.</returns>
    public static TimeSpan? CutAfter(StormDrop drop, int number, long userId, string stream)
    {
        var shift = Shift(number, stream);
        return Fraction((userId * First) + shift) < drop.Fraction
            ? drop.Over * Fraction((userId * Second) + shift)
            : null;
    }

    private static double Fraction(double x) => x - Math.Floor(x);

    // FNV-1a: string hashes of the runtime differ from process to process.
    private static double Shift(int number, string stream)
    {
        var hash = 2166136261u ^ (uint)number;
        foreach (var c in stream)
        {
            hash = (hash ^ c) * 16777619;
        }

        return hash / 4294967296.0;
    }
}
