using System.Globalization;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>The kinds of values that scenarios are made of.</summary>
internal static class ValueKinds
{
    private const string DurationExample = "such as 500ms, 10s, 5m, 2h";

    /// <summary>Timers go no further than 49 days; a month leaves room for sums.</summary>
    private static readonly TimeSpan LongestDuration = TimeSpan.FromDays(30);

    private static readonly (string Unit, double Milliseconds)[] DurationUnits =
        [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

    private static readonly (string Unit, long Bytes)[] SizeUnits =
        [("KiB", 1024), ("MiB", 1024 * 1024), ("GiB", 1024 * 1024 * 1024), ("B", 1), ("", 1)];

    public static ValueKind<TimeSpan> Duration { get; } = new($"a duration {DurationExample}", ParseDuration);

    public static ValueKind<TimeSpan> PositiveDuration { get; } = new(
        $"a duration above zero {DurationExample}",
        text => ParseDuration(text) is { } d && d > TimeSpan.Zero ? d : null);

    public static ValueKind<int> Size { get; } = new("a size such as 1MiB, 64KiB, 512B, at most 1GiB", ParseSize);

    public static ValueKind<bool> Flag { get; } = new("true or false", text => text switch
    {
        "true" or "on" or "yes" => true,
        "false" or "off" or "no" => false,
        _ => null,
    });

    public static ValueKind<double> Fraction { get; } = new(
        "a number from 0 to 1",
        text => ParseNumber(text) is { } n && n is >= 0 and <= 1 ? n : null);

    public static ValueKind<double> PositiveFraction { get; } = new(
        "a number above 0 and at most 1",
        text => ParseNumber(text) is { } n && n is > 0 and <= 1 ? n : null);

    public static ValueKind<int> Status { get; } = Whole(100, 599) with { Expected = "an HTTP status from 100 to 599" };

    public static ValueKind<SentAtFormat> SentAtFormat { get; } = OneOf<SentAtFormat>();

    /// <summary>The values of an enum by their kebab-case names.</summary>
    public static ValueKind<T> OneOf<T>() where T : struct, Enum
    {
        var names = Enum.GetNames<T>().Select(n => FailureNames.Join(n, '-')).ToArray();
        var values = Enum.GetValues<T>();
        return new($"one of {string.Join(", ", names)}", text => Array.IndexOf(names, text) is >= 0 and var i ? values[i] : null);
    }

    public static ValueKind<int> Whole(int min, int max = int.MaxValue) => new(
        max == int.MaxValue ? $"a whole number of at least {min}" : $"a whole number from {min} to {max}",
        text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) && n >= min && n <= max
            ? n
            : null);

    public static double? ParseNumber(string text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var n)
            ? n
            : null;

    /// <summary><c>0</c> needs no unit; every other duration does.</summary>
    public static TimeSpan? ParseDuration(string text)
    {
        if (text == "0")
        {
            return TimeSpan.Zero;
        }

        var unit = UnitOf(text);
        foreach (var (name, milliseconds) in DurationUnits)
        {
            if (unit == name)
            {
                var ticks = ParseNumber(text[..^unit.Length].TrimEnd()) * milliseconds * TimeSpan.TicksPerMillisecond;
                return ticks is { } t && t >= 0 && t <= LongestDuration.Ticks ? TimeSpan.FromTicks((long)Math.Round(t)) : null;
            }
        }

        return null;
    }

    private static int? ParseSize(string text)
    {
        var unit = UnitOf(text);
        foreach (var (name, bytes) in SizeUnits)
        {
            if (unit == name)
            {
                var size = ParseNumber(text[..^unit.Length].TrimEnd()) * bytes;
                return size is { } s && s >= 1 && s <= 1024 * 1024 * 1024 && s == Math.Floor(s) ? (int)s : null;
            }
        }

        return null;
    }

    private static string UnitOf(string text)
    {
        var at = text.Length;
        while (at > 0 && char.IsAsciiLetter(text[at - 1]))
        {
            at--;
        }

        return text[at..];
    }
}
