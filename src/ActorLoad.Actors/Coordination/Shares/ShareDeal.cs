namespace ActorLoad.Actors.Coordination.Shares;

/// <summary>
/// How the shares of a run are dealt to its workers: as equally as their limits allow, moving as few as possible. Workers are
/// known by their position in the lists. Plain logic.
/// </summary>
internal static class ShareDeal
{
    private const int Few = 8;

    // Every number up to eight divides it: few workers get exactly equal parts, also after one came or went.
    private const int ForFew = 840;
    private const int PerWorker = 105;

    // Of many orders the first are as good as all.
    private const int MostOrders = 16;

    /// <summary>Into how many shares a run is cut that begins with so many workers.</summary>
    public static int CutFor(int workers) => workers <= Few ? ForFew : workers * PerWorker;

    /// <summary>
    /// How many shares each worker is to have. The one with the fewest gets the next, among equals the one that has more
    /// already. When all are at their limits, the limits count for nothing: a share without a worker would be users that are missing.
    /// </summary>
    /// <param name="have">How many each has now.</param>
    /// <param name="least">How many each keeps in any case.</param>
    /// <param name="limits">How many each can hold.</param>
    /// <param name="total">What the answer adds up to; at least the sum of <paramref name="least"/>.</param>
    public static int[] Fill(IReadOnlyList<int> have, IReadOnlyList<int> least, IReadOnlyList<int> limits, int total)
    {
        int[] counts = [.. least];
        for (var left = total - counts.Sum(); left > 0; left--)
        {
            var next = Lowest(counts, have, i => counts[i] < limits[i]);
            counts[next < 0 ? Lowest(counts, have, _ => true) : next]++;
        }

        return counts;
    }

    /// <summary>
    /// The first deal: interleaved, so that few users spread as evenly as many, and in another order each time, so that every
    /// worker gets every type of user.
    /// </summary>
    public static int[][] Deal(int of, IReadOnlyList<int> limits)
    {
        var none = new int[limits.Count];
        return Spread([.. Enumerable.Range(0, of)], Fill(none, none, limits, of));
    }

    /// <summary>Shares that nobody has are dealt; nobody gives one up for that.</summary>
    /// <returns>What each gets on top of what it has.</returns>
    public static int[][] Give(IReadOnlyList<int> free, IReadOnlyList<int> have, IReadOnlyList<int> limits)
    {
        var counts = Fill(have, have, limits, have.Sum() + free.Count);
        return Spread(free, [.. counts.Select((c, i) => c - have[i])]);
    }

    /// <summary>What each has to give up so that all can have equal parts.</summary>
    /// <param name="owned">What each has, in order.</param>
    /// <param name="more">How many shares come from elsewhere and are to be dealt as well.</param>
    public static int[][] Take(IReadOnlyList<IReadOnlyList<int>> owned, int more, IReadOnlyList<int> limits)
    {
        int[] have = [.. owned.Select(o => o.Count)];
        var counts = Fill(have, new int[have.Length], limits, have.Sum() + more);
        return [.. owned.Select((shares, i) => EvenlySpread(shares, Math.Max(0, have[i] - counts[i])))];
    }

    private static int Lowest(int[] counts, IReadOnlyList<int> have, Func<int, bool> allowed)
    {
        var best = -1;
        for (var i = 0; i < counts.Length; i++)
        {
            if (allowed(i) && (best < 0 || counts[i] < counts[best] || (counts[i] == counts[best] && have[i] > have[best])))
            {
                best = i;
            }
        }

        return best;
    }

    // In turns: one to each who still wants one. Types of users repeat along the shares, so that a fixed order, or one that repeats
    // as well, would give all users of a type to one worker: each turn has the order that mixes them best.
    private static int[][] Spread(IReadOnlyList<int> shares, int[] wanted)
    {
        var dealt = wanted.Select(w => new List<int>(w)).ToArray();
        var mixes = wanted.Select(_ => new TypeMix()).ToArray();
        for (var at = 0; at < shares.Count;)
        {
            var open = Enumerable.Range(0, wanted.Length).Where(i => dealt[i].Count < wanted[i]).ToList();
            int[] turn = [.. shares.Skip(at).Take(open.Count)];
            var first = Enumerable.Range(0, Math.Min(MostOrders, open.Count))
                .MinBy(f => turn.Select((share, i) => mixes[open[(f + i) % open.Count]].CostOf(share)).Sum());
            for (var i = 0; i < turn.Length; i++)
            {
                var worker = open[(first + i) % open.Count];
                dealt[worker].Add(turn[i]);
                mixes[worker].Add(turn[i]);
            }

            at += turn.Length;
        }

        return [.. dealt.Select(d => d.ToArray())];
    }

    // One out of each of equal parts: the one that mixes types best, of several the first.
    private static int[] EvenlySpread(IReadOnlyList<int> shares, int count)
    {
        var taken = new int[count];
        var mix = new TypeMix();
        for (var i = 0; i < count; i++)
        {
            var (from, to) = ((int)((long)i * shares.Count / count), (int)((i + 1L) * shares.Count / count));
            taken[i] = Enumerable.Range(from, to - from).Select(n => shares[n]).MinBy(mix.CostOf);
            mix.Add(taken[i]);
        }

        return taken;
    }
}
