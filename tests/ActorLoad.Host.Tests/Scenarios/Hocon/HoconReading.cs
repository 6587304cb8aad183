using System.Text;
using ActorLoad.Host.Scenarios.Hocon;

namespace ActorLoad.Host.Tests.Scenarios.Hocon;

/// <summary>Reads text and writes nodes as JSON, so that a test compares one line.</summary>
internal static class HoconReading
{
    public static HoconObject Read(string text, List<string>? problems = null, Func<string, string?>? environment = null)
    {
        var raw = HoconParser.Parse(text, "t.conf", [], (name, _) => throw new IOException($"no {name}"));
        var resolver = new HoconResolver(
            raw,
            environment ?? (_ => null),
            (at, path, problem) => (problems ?? throw new InvalidOperationException(problem)).Add($"{at.Line}: {string.Join('.', path)}: {problem}"));
        return resolver.Resolve(new HoconPosition("t.conf", 1));
    }

    public static string Json(HoconNode? node)
    {
        var text = new StringBuilder();
        Write(node, text);
        return text.ToString();
    }

    private static void Write(HoconNode? node, StringBuilder text)
    {
        switch (node)
        {
            case HoconScalar scalar:
                text.Append('\'').Append(scalar.Text).Append('\'');
                break;
            case HoconArray array:
                text.Append('[');
                foreach (var item in array.Items)
                {
                    Write(item, text.Append(text[^1] == '[' ? "" : ","));
                }

                text.Append(']');
                break;
            case HoconObject map:
                text.Append('{');
                foreach (var key in map.Keys)
                {
                    text.Append(text[^1] == '{' ? "" : ",").Append(key).Append(':');
                    Write(map[key], text);
                }

                text.Append('}');
                break;
            default:
                text.Append(node is null ? "nothing" : "broken");
                break;
        }
    }
}
