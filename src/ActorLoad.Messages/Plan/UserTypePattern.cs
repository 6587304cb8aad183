using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Messages.Plan;

/// <summary>
/// Which type a user id has: a repeating pattern in which the types stand in proportion to their weights and evenly mixed
/// (smooth weighted round robin), so that every node gives the same answer without asking anybody.
/// </summary>
public sealed class UserTypePattern
{
    private readonly int[] _pattern;

    public UserTypePattern(IReadOnlyList<UserType> types)
    {
        var divisor = types.Aggregate(0, (a, t) => Gcd(a, t.Weight));
        var weights = types.Select(t => t.Weight / divisor).ToArray();
        var total = weights.Sum();
        var credit = new long[weights.Length];
        _pattern = new int[total];
        for (var i = 0; i < total; i++)
        {
            var best = 0;
            for (var t = 0; t < weights.Length; t++)
            {
                credit[t] += weights[t];
                if (credit[t] > credit[best])
                {
                    best = t;
                }
            }

            credit[best] -= total;
            _pattern[i] = best;
        }
    }

    /// <summary>Index into the scenario's user types.</summary>
    public int TypeOf(long userId) => _pattern[userId % _pattern.Length];

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);
}
