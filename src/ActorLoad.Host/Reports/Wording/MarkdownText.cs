using System.Text;

namespace ActorLoad.Host.Reports.Wording;

/// <summary>Text for GitHub-flavoured markdown that can neither break a table nor become a link, a mention or HTML.</summary>
public static class MarkdownText
{
    private const string Special = "\\`*_[]<>#|~&$";

    /// <summary>A code span, the one form in which nothing else is interpreted; empty text stays empty.</summary>
    public static string Code(string text, int maxLength = SafeText.MaxSample)
    {
        var clean = SafeText.Clean(text, maxLength).Replace('`', '\'');
        if (clean.Length == 0)
        {
            return "";
        }

        // A table reads "\|" as a pipe even within a code span; a backslash that was there already must not join in.
        return "`" + clean.Replace("\\|", "\\ |", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal) + "`";
    }

    /// <summary>Running text, every character that means something escaped.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in SafeText.Clean(text, 1000))
        {
            if (Special.Contains(c))
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }
}
