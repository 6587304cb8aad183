using ActorLoad.Host.Scenarios.Hocon;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>Reads a duration, or two bounds to draw it between.</summary>
internal static class RangeReader
{
    public static DurationRange? Read(Section parent, string key)
    {
        if (parent.Take(key) is not HoconObject)
        {
            var kind = ValueKinds.Duration with { Expected = ValueKinds.Duration.Expected + ", or { min = 1s, max = 3s }" };
            return parent.Required(key, kind) is { } constant ? new DurationRange(constant, constant) : null;
        }

        var section = parent.Object(key)!;
        var min = section.Required("min", ValueKinds.Duration);
        var max = section.Required("max", ValueKinds.Duration);
        section.Close();
        if (min > max)
        {
            section.Mistake("min", $"min ({Units.Text(min.Value)}) must not be above max ({Units.Text(max.Value)})");
        }

        return min is null || max is null ? null : new DurationRange(min.Value, max.Value);
    }
}
