using ActorLoad.Actors.Measurement.Json;
using ActorLoad.Host.Scenarios.Hocon;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>Reads the objects within steps: <c>until</c>, <c>data-json</c>, <c>extract</c>.</summary>
internal static class StepParts
{
    private const string Pointer = "a JSON pointer such as \"/id\"";
    private const string Source = "a JSON pointer such as \"/id\", or { json = \"/id\" } or { header = Location }";

    /// <summary>
    /// What a subscribe step inherits. A stream that is opened by anything but GET, or that has an end of its own, does not
    /// come back by itself unless its own step says so: asked again, the server would do it all once more.
    /// </summary>
    public static StreamSettings Inherited(StreamSettings settings, string method, DoneMarker? until) =>
        until is null && method.Equals("GET", StringComparison.OrdinalIgnoreCase)
            ? settings
            : settings with { Reconnect = settings.Reconnect with { Enabled = false } };

    public static DoneMarker? Until(Section step)
    {
        if (step.Object("until", "an object such as { data = \"[DONE]\" } or { event = done }") is not { } section)
        {
            return null;
        }

        var data = section.Take("data") is { } d ? section.ReadText(d, section.PathOf("data"), "the data of the last event") : null;
        var name = section.Take("event") is { } e ? section.ReadText(e, section.PathOf("event"), "the name of the last event") : null;
        if (!section.Has("data") && !section.Has("event"))
        {
            step.Mistake("until", "expected data, event or both: what the last event of the stream looks like");
        }

        section.Close();
        return new DoneMarker(data, name);
    }

    public static DataMatch? DataJson(Section step)
    {
        if (step.Object("data-json", "an object such as { pointer = \"/type\", equals = \"x\" }") is not { } section)
        {
            return null;
        }

        var node = section.TakeRequired("pointer", Pointer);
        var pointer = node is null ? null : ReadPointer(section, node, section.PathOf("pointer"), Pointer);
        var equals = section.TakeRequired("equals", "the value that it has to have") is { } value
            ? section.ReadTemplate(value, section.PathOf("equals"), "a text, a number, true, false or null")
            : null;
        section.Close();
        return pointer is null || equals is null ? null : new DataMatch(pointer, equals);
    }

    public static IReadOnlyList<Extraction> Extract(Section step)
    {
        var extractions = new List<Extraction>();
        if (step.Object("extract", "an object such as { token = \"/access_token\" }") is not { } section)
        {
            return extractions;
        }

        foreach (var name in section.Keys)
        {
            if (!NameRules.IsName(name))
            {
                section.Mistake(name, $"the name of a variable has to be {NameRules.Name}");
            }

            step.Context.Variables?.Extracted(name);
            if (section.Take(name) is { } node && Extraction(section, node, name) is { } extraction)
            {
                extractions.Add(extraction);
            }
        }

        return extractions;
    }

    private static Extraction? Extraction(Section section, HoconNode node, string name)
    {
        var path = section.PathOf(name);
        if (node is not HoconObject)
        {
            return ReadPointer(section, node, path, Source) is { } pointer ? new Extraction(name, pointer, null) : null;
        }

        var source = section.ReadObject(node, path, Source)!;
        var json = source.Take("json") is { } j ? ReadPointer(source, j, source.PathOf("json"), Pointer) : null;
        var header = source.Take("header") is { } h ? ReadHeader(source, h, source.PathOf("header")) : null;
        if (source.Has("json") == source.Has("header"))
        {
            section.Mistake(name, $"expected {Source}");
        }

        source.Close();
        return (json is null) == (header is null) ? null : new Extraction(name, json, header);
    }

    private static string? ReadHeader(Section section, HoconNode node, string path)
    {
        const string expected = "the name of a response header";
        var header = section.ReadText(node, path, expected);
        if (header is null || NameRules.IsToken(header))
        {
            return header;
        }

        section.Unexpected(node, path, expected);
        return null;
    }

    private static string? ReadPointer(Section section, HoconNode node, string path, string expected)
    {
        if (section.ReadText(node, path, expected) is not { } text)
        {
            return null;
        }

        try
        {
            return JsonPointer.Parse(text).Text;
        }
        catch (FormatException)
        {
            section.Unexpected(node, path, $"{expected} (RFC 6901: '~' is written ~0 and '/' in a name ~1)");
            return null;
        }
    }
}
