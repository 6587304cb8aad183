namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>Finds what a misspelt word probably meant.</summary>
internal static class NearestName
{
    /// <summary>The nearest candidate, or null when none is near. Case, '-' and '_' do not count as differences.</summary>
    public static string? Find(string word, IEnumerable<string> candidates)
    {
        var wanted = Plain(word);
        string? best = null;
        var bestDistance = Math.Max(1, wanted.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            var distance = Distance(wanted, Plain(candidate));
            if (distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>"; did you mean 'x'?", or the list of what is known.</summary>
    public static string Hint(string word, IReadOnlyCollection<string> candidates) =>
        Find(word, candidates) is { } near
            ? $"; did you mean '{near}'?"
            : candidates.Count > 0 ? $"; known here: {string.Join(", ", candidates)}" : "";

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.</summary>
    public static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }

                var replace = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(replace, Math.Min(d[i - 1, j], d[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }

    private static string Plain(string word) =>
        string.Concat(word.Take(100).Where(c => c is not ('-' or '_')).Select(char.ToLowerInvariant));
}
