using System.Text;

namespace ActorLoad.Host.Scenarios;

/// <summary>Writes HOCON that a person can read: one key a line, two blanks for each level.</summary>
internal sealed class HoconWriter
{
    private readonly StringBuilder _text = new();
    private int _level;

    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when char.IsControl(c) => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    public void Line(string text) => _text.Append(' ', _level * 2).Append(text).Append('\n');

    /// <param name="value">Already in HOCON form.</param>
    public void Set(string key, string value) => Line($"{Key(key)} = {value}");

    /// <summary>A key within nested objects, on one line.</summary>
    public void SetPath(IEnumerable<string> keys, string value) => Line($"{string.Join('.', keys.Select(Key))} = {value}");

    public void Block(string key, Action content) => Nested($"{Key(key)} {{", content, "}");

    public void List(string key, Action content) => Nested($"{Key(key)} = [", content, "]");

    public void Nested(string open, Action content, string close)
    {
        Line(open);
        _level++;
        content();
        _level--;
        Line(close);
    }

    public override string ToString() => _text.ToString();

    private static string Key(string key) =>
        key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? key : Quote(key);
}
