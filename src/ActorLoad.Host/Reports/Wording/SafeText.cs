using System.Globalization;
using System.Text;

namespace ActorLoad.Host.Reports.Wording;

/// <summary>Makes text that a target chose (event names, failure samples) harmless for terminals and reports.</summary>
public static class SafeText
{
    /// <summary>Longest event name that reports keep, in characters.</summary>
    public const int MaxEventName = 120;

    /// <summary>Longest failure sample that reports keep, in characters.</summary>
    public const int MaxSample = 300;

    /// <summary>
    /// One line of at most <paramref name="maxLength"/> characters: runs of white space become one space; control characters,
    /// invisible format characters (they can reverse a line on a terminal) and broken surrogates vanish. A cut ends in '…'.
    /// </summary>
    public static string Clean(string text, int maxLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        var clean = new StringBuilder(Math.Min(text.Length, maxLength) + 1);
        var space = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                space = clean.Length > 0;
                continue;
            }

            if (!IsVisible(rune))
            {
                continue;
            }

            var needed = rune.Utf16SequenceLength + (space ? 1 : 0);
            if (clean.Length + needed > maxLength)
            {
                return Cut(clean, maxLength);
            }

            if (space)
            {
                clean.Append(' ');
                space = false;
            }

            clean.Append(rune);
        }

        return clean.ToString();
    }

    private static string Cut(StringBuilder clean, int maxLength)
    {
        if (clean.Length >= maxLength)
        {
            clean.Length = maxLength - 1;
            if (clean.Length > 0 && char.IsHighSurrogate(clean[^1]))
            {
                clean.Length--;
            }
        }

        return clean.Append('…').ToString();
    }

    private static bool IsVisible(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or
        UnicodeCategory.OtherNotAssigned);
}
