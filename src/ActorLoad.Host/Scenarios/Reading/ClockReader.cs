using ActorLoad.Actors.Measurement.Json;
using ActorLoad.Host.Scenarios.Hocon;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>Reads <c>scenario.clock</c>: <c>local</c>, <c>target</c>, or an object that says where the target tells its time.</summary>
internal static class ClockReader
{
    private const string Source = "local or target";
    private const string Path = "a path such as \"/api/time\", or an empty text for the base URL itself";
    private const string Pointer = "a JSON pointer such as \"/now\", or an empty text for the answer's Date header";

    // Each may wait a second for the target's second to change, and all have to be answered before a run can start.
    private const int MostProbes = 20;

    public static ClockSettings Read(Section scenario)
    {
        if (scenario.Take("clock") is not { } node)
        {
            return new ClockSettings();
        }

        if (node is not HoconObject)
        {
            return new ClockSettings { UseTarget = IsTarget(scenario.ReadText(node, scenario.PathOf("clock"), Expected), scenario, node) };
        }

        var clock = scenario.Object("clock")!;
        var source = clock.Text("source", "target", Source);
        var defaults = new ClockSettings();
        var settings = new ClockSettings
        {
            UseTarget = source == "target",
            Path = Text(clock, "path", Path, static text => text.StartsWith('/') && !text.StartsWith("//", StringComparison.Ordinal)),
            Field = Text(clock, "field", Pointer, IsPointer),
            Format = clock.Value("format", ValueKinds.SentAtFormat, defaults.Format),
            Probes = clock.Value("probes", ValueKinds.Whole(1, MostProbes), defaults.Probes),
        };
        if (source is not ("local" or "target"))
        {
            clock.Unexpected(clock.Take("source")!, clock.PathOf("source"), Source);
        }

        clock.Close();
        return settings;
    }

    private static string Expected => $"{Source}, or an object such as {{ source = target, path = \"/api/time\", field = \"/now\" }}";

    private static bool IsTarget(string? text, Section scenario, HoconNode node)
    {
        if (text is not (null or "local" or "target"))
        {
            scenario.Unexpected(node, scenario.PathOf("clock"), Expected);
        }

        return text == "target";
    }

    private static string Text(Section clock, string key, string expected, Func<string, bool> isValid)
    {
        var text = clock.Text(key, "", expected);
        if (text.Length > 0 && !isValid(text))
        {
            clock.Unexpected(clock.Take(key)!, clock.PathOf(key), expected);
            return "";
        }

        return text;
    }

    private static bool IsPointer(string text)
    {
        try
        {
            JsonPointer.Parse(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
