using System.Text;

namespace ActorLoad.Actors.Measurement.Json;

/// <summary>A JSON pointer (RFC 6901), its reference tokens unescaped and in UTF-8.</summary>
public sealed class JsonPointer
{
    private JsonPointer(string text, byte[][] tokens) => (Text, Tokens) = (text, tokens);

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>Empty for the document as a whole.</summary>
    public IReadOnlyList<byte[]> Tokens { get; }

    /// <exception cref="FormatException">Not empty, not starting with '/', or with a '~' that is not followed by 0 or 1.</exception>
    public static JsonPointer Parse(string text)
    {
        if (text.Length == 0)
        {
            return new JsonPointer(text, []);
        }

        if (text[0] != '/')
        {
            throw new FormatException($"'{text}' is no JSON pointer: it has to start with '/'");
        }

        return new JsonPointer(text, [.. text[1..].Split('/').Select(t => Encoding.UTF8.GetBytes(Unescape(t, text)))]);
    }

    public override string ToString() => Text;

    private static string Unescape(string token, string pointer)
    {
        for (var at = token.IndexOf('~'); at >= 0; at = token.IndexOf('~', at + 1))
        {
            if (at + 1 == token.Length || token[at + 1] is not ('0' or '1'))
            {
                throw new FormatException($"'{pointer}' is no JSON pointer: '~' has to be followed by 0 (for '~') or 1 (for '/')");
            }
        }

        return token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
    }
}
