namespace ActorLoad.Messages.Scenarios;

/// <summary>
/// A seeded permutation that is computed place by place, so that nobody has to keep it: a balanced Feistel network over the
/// next power of four, walked until it is back within the range (Black and Rogaway, "Ciphers with Arbitrary Finite
/// Domains", 2002).
/// </summary>
internal static class Shuffle
{
    private const int Rounds = 6;

    /// <param name="place">0 to <paramref name="count"/> - 1.</param>
    /// <returns>Where it goes, 0 to <paramref name="count"/> - 1; each place goes to another one.</returns>
    public static int Place(int place, int count, int seed)
    {
        var half = 1;
        while (1L << (2 * half) < count)
        {
            half++;
        }

        var mask = (1UL << half) - 1;
        var at = (ulong)place;
        do
        {
            var (left, right) = (at >> half, at & mask);
            for (var round = 0; round < Rounds; round++)
            {
                (left, right) = (right, left ^ (Mix(right, round, seed) & mask));
            }

            at = (left << half) | right;
        }
        while (at >= (ulong)count);

        return (int)at;
    }

    // The finalizer of SplitMix64 (Steele, Lea and Flood, 2014).
    private static ulong Mix(ulong value, int round, int seed)
    {
        var z = value + (0x9E3779B97F4A7C15UL * (((ulong)(uint)seed << 8) + (ulong)round + 1));
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
