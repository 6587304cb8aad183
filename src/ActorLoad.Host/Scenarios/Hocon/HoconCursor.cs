using System.Globalization;
using System.Text;

namespace ActorLoad.Host.Scenarios.Hocon;

/// <summary>Walks over HOCON text character by character, counts lines and reads what is not nested: blanks, texts, paths.</summary>
internal sealed class HoconCursor(string text, string file)
{
    private const string Forbidden = "$\"{}[]:=,+#`^?!@*&\\";
    private int _at;

    public int Line { get; private set; } = 1;

    public HoconPosition Position => new(file, Line);

    public bool AtEnd => _at >= text.Length;

    /// <summary>The next character; NUL at the end.</summary>
    public char Peek => AtEnd ? '\0' : text[_at];

    public bool AtComment => Peek == '#' || StartsWith("//");

    /// <summary>Whether the next character can stand in unquoted text (or an unquoted key, a dot apart).</summary>
    public bool AtUnquoted => !AtEnd && !char.IsWhiteSpace(Peek) && !Forbidden.Contains(Peek) && !StartsWith("//");

    public bool StartsWith(string what) => string.CompareOrdinal(text, _at, what, 0, what.Length) == 0;

    public HoconException Error(string message) => Error(message, Line);

    public HoconException Error(string message, int line) => new(new HoconPosition(file, line), message);

    public bool Take(string what)
    {
        if (!StartsWith(what))
        {
            return false;
        }

        for (var i = 0; i < what.Length; i++)
        {
            Next();
        }

        return true;
    }

    /// <summary>Skips blanks within the line and gives them back: they count between two parts of a value.</summary>
    public string TakeBlanks()
    {
        var from = _at;
        while (!AtEnd && Peek != '\n' && (char.IsWhiteSpace(Peek) || Peek == '\uFEFF'))
        {
            Next();
        }

        return text[from.._at];
    }

    /// <summary>Skips blanks, comments and line ends; true when a line ended.</summary>
    public bool SkipToContent()
    {
        var line = Line;
        while (true)
        {
            TakeBlanks();
            if (AtComment)
            {
                while (!AtEnd && Peek != '\n')
                {
                    Next();
                }
            }

            if (Peek != '\n')
            {
                return Line > line;
            }

            Next();
        }
    }

    public string TakeUnquoted()
    {
        var from = _at;
        while (AtUnquoted)
        {
            Next();
        }

        return text[from.._at];
    }

    /// <summary>A text in quotes or triple quotes; the cursor stands on the opening quote.</summary>
    public string TakeQuoted()
    {
        var line = Line;
        if (Take("\"\"\""))
        {
            return TakeTripleQuoted(line);
        }

        Next();
        var value = new StringBuilder();
        while (Peek != '"')
        {
            if (AtEnd || Peek == '\n')
            {
                throw Error("a text in quotes is not closed on its line; use \"\"\" for text over several lines", line);
            }

            var c = Next();
            value.Append(c == '\\' ? TakeEscape() : c);
        }

        Next();
        return value.ToString();
    }

    /// <summary>A dotted path with optional quotes around its parts: a key, or the inside of a substitution.</summary>
    public List<string> TakePath(string what)
    {
        var path = new List<string>();
        do
        {
            TakeBlanks();
            var quoted = Peek == '"';
            var part = quoted ? TakeQuoted() : TakePathPart();
            if (part.Length == 0 && !quoted)
            {
                throw Error(AtEnd ? $"expected {what}, found the end of the file" : $"expected {what}, found '{Peek}'");
            }

            path.Add(part);
            TakeBlanks();
        }
        while (Take("."));
        return path;
    }

    public char Next()
    {
        var c = text[_at++];
        if (c == '\n')
        {
            Line++;
        }

        return c;
    }

    private string TakePathPart()
    {
        var from = _at;
        while (AtUnquoted && Peek != '.')
        {
            Next();
        }

        return text[from.._at];
    }

    private string TakeTripleQuoted(int line)
    {
        var end = text.IndexOf("\"\"\"", _at, StringComparison.Ordinal);
        if (end < 0)
        {
            throw Error("a text in \"\"\" is never closed", line);
        }

        // Quotes directly before the closing three belong to the text.
        while (end + 3 < text.Length && text[end + 3] == '"')
        {
            end++;
        }

        var value = text[_at..end];
        while (_at < end + 3)
        {
            Next();
        }

        return value;
    }

    private char TakeEscape()
    {
        var c = AtEnd ? '\0' : Next();
        switch (c)
        {
            case '"' or '\\' or '/':
                return c;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when _at + 4 <= text.Length && ushort.TryParse(
                text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                Take(text.Substring(_at, 4));
                return (char)code;
            default:
                throw Error($"unknown escape '\\{c}' in a text; write \\\\ for a backslash");
        }
    }
}
