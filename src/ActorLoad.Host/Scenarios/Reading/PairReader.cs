using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>Reads <c>headers { … }</c> and <c>query { … }</c>.</summary>
internal static class PairReader
{
    public static IReadOnlyList<HeaderTemplate> Headers(Section parent, string key = "headers")
    {
        var headers = Read(parent, key);
        foreach (var (name, value) in headers)
        {
            var path = Section.Join(parent.PathOf(key), name);
            var at = (parent.Take(key) as Hocon.HoconObject)?[name]?.At ?? parent.At;
            if (!NameRules.IsToken(name))
            {
                parent.Context.Add(at, path, $"a header name has to be {NameRules.Token}");
            }

            if (TemplateReader.HasLineBreak(value, parent.Context))
            {
                parent.Context.Add(at, path, "a header value must not contain line breaks");
            }
        }

        return headers;
    }

    public static IReadOnlyList<HeaderTemplate> Query(Section parent) => Read(parent, "query");

    private static List<HeaderTemplate> Read(Section parent, string key)
    {
        var pairs = new List<HeaderTemplate>();
        if (parent.Object(key, "an object { name = value, ... }") is not { } section)
        {
            return pairs;
        }

        foreach (var name in section.Keys)
        {
            if (section.Template(name, "a text (put names that contain dots in quotes)") is { } value)
            {
                pairs.Add(new HeaderTemplate(name, value));
            }
        }

        return pairs;
    }
}
