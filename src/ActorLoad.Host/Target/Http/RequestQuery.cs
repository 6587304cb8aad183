using System.Globalization;
using ActorLoad.Host.Target.Faults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace ActorLoad.Host.Target.Http;

/// <summary>The query of a request, with types. Parameters that nobody asks for are ignored, so that users can mark their requests.</summary>
internal sealed class RequestQuery(string? text)
{
    private readonly Dictionary<string, StringValues>? _values = QueryHelpers.ParseNullableQuery(text);

    /// <summary>The value, or null when it is missing or empty.</summary>
    public string? Text(string name)
    {
        var value = _values is not null && _values.TryGetValue(name, out var found) ? found[0] : null;
        return string.IsNullOrEmpty(value) ? null : value;
    }

    /// <exception cref="BadQueryException">Not a whole number between the bounds.</exception>
    public long? Number(string name, long min, long max)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : throw new BadQueryException($"{name}={text}: expected a whole number from {min} to {max}");
    }

    /// <exception cref="BadQueryException">Neither 0, 1, true nor false.</exception>
    public bool Flag(string name) => Text(name) switch
    {
        null or "0" or "false" => false,
        "1" or "true" => true,
        var other => throw new BadQueryException($"{name}={other}: expected 1 or 0"),
    };

    public TimeSpan? Milliseconds(string name, long min, long max) =>
        Number(name, min, max) is { } ms ? TimeSpan.FromMilliseconds(ms) : null;

    /// <summary>The target's own faults with those of the query in their place.</summary>
    /// <exception cref="BadQueryException">A value out of its range.</exception>
    public TargetFaults Faults(TargetFaults defaults)
    {
        if (_values is null)
        {
            return defaults;
        }

        var faults = defaults with
        {
            CutAfter = Number("cut_after", 0, long.MaxValue) ?? defaults.CutAfter,
            ResetAfter = Number("reset_after", 0, long.MaxValue) ?? defaults.ResetAfter,
            StallAfter = Number("stall_after", 0, long.MaxValue) ?? defaults.StallAfter,
            RefusePercent = Percent("refuse") ?? defaults.RefusePercent,
            RefuseStatus = (int?)Number("refuse_status", 300, 599) ?? defaults.RefuseStatus,
            SkipPercent = Percent("skip") ?? defaults.SkipPercent,
            RepeatPercent = Percent("repeat") ?? defaults.RepeatPercent,
            SwapPercent = Percent("swap") ?? defaults.SwapPercent,
            LatePercent = Percent("late") ?? defaults.LatePercent,
            Delay = Milliseconds("delay_ms", 0, 3_600_000) ?? defaults.Delay,
            HeadersDelay = Milliseconds("headers_delay_ms", 0, 3_600_000) ?? defaults.HeadersDelay,
            Status = (int?)Number("status", 200, 599) ?? defaults.Status,
            ContentType = Text("content_type") ?? defaults.ContentType,
        };
        return faults.Mistake() is { } mistake ? throw new BadQueryException(mistake) : faults;
    }

    private double? Percent(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 100
            ? value
            : throw new BadQueryException($"{name}={text}: expected a percentage from 0 to 100");
    }
}
