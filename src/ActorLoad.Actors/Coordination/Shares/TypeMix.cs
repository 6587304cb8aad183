namespace ActorLoad.Actors.Coordination.Shares;

/// <summary>
/// How the types of users are mixed in some shares. Types repeat along the shares, in a pattern that is as long as the scenario's
/// weights make it: the mix is that of the plan when, for a pattern of any length, the shares are spread evenly over its places. Plain logic.
/// </summary>
internal sealed class TypeMix
{
    // Weights such as 1:1, 3:1, 5:3:2 or 11:1; longer patterns are nearly that of one of their parts.
    private const int Shortest = 2;
    private const int Longest = 12;

    private readonly int[][] _counts = [.. Enumerable.Range(Shortest, Longest - Shortest + 1).Select(length => new int[length])];

    /// <summary>The more, the more there is already of what this share would bring.</summary>
    public long CostOf(int share)
    {
        var cost = 0L;
        foreach (var places in _counts)
        {
            cost += (long)places.Length * places[share % places.Length];
        }

        return cost;
    }

    public void Add(int share)
    {
        foreach (var places in _counts)
        {
            places[share % places.Length]++;
        }
    }
}
