using ActorLoad.Actors.Measurement.Json;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>Reads what may stand on the scenario, a user type and a subscribe step; each level inherits key by key.</summary>
internal static class StreamSettingsReader
{
    public static StreamSettings Read(Section section, StreamSettings inherited) => SlowReading(section, inherited) with
    {
        Reconnect = section.Object("reconnect") is { } reconnect ? Reconnect(reconnect, inherited.Reconnect) : inherited.Reconnect,
        StallAfter = section.Value("stall-after", ValueKinds.Duration, inherited.StallAfter),
        Limits = section.Object("limits") is { } limits ? Limits(limits, inherited.Limits) : inherited.Limits,
        Measure = section.Object("measure") is { } measure ? Measure(measure, inherited.Measure) : inherited.Measure,
    };

    /// <summary>The settings of a stream: as <see cref="Read"/>, and without what has no meaning for it.</summary>
    public static StreamSettings ReadStream(Section section, StreamSettings inherited)
    {
        var settings = Read(section, inherited);

        // An inherited key stays for streams below that have a sequence; this one has switched its sequence off.
        return settings.Measure.Sequence.Length > 0 ? settings : settings with { Measure = settings.Measure with { Key = "" } };
    }

    // Time and amount are two forms of one setting: the later one replaces either.
    private static StreamSettings SlowReading(Section section, StreamSettings inherited)
    {
        var (time, bytes) = section.Value(
            "stop-reading-after", ValueKinds.TimeOrSize, (inherited.StopReadingAfter, (int)inherited.StopReadingAfterBytes));
        return new StreamSettings
        {
            ReadRate = section.Value("read-rate", ValueKinds.Rate, (int)inherited.ReadRate),
            StopReadingAfter = time,
            StopReadingAfterBytes = bytes,
        };
    }

    private static ReconnectSettings Reconnect(Section section, ReconnectSettings inherited)
    {
        var settings = new ReconnectSettings
        {
            Enabled = section.Value("enabled", ValueKinds.Flag, inherited.Enabled),
            MinBackoff = section.Value("min-backoff", ValueKinds.Duration, inherited.MinBackoff),
            MaxBackoff = section.Value("max-backoff", ValueKinds.Duration, inherited.MaxBackoff),
            Jitter = section.Value("jitter", ValueKinds.Fraction, inherited.Jitter),
            OnStatus = section.Values("on-status", ValueKinds.Status) ?? inherited.OnStatus,
            MaxAttempts = section.Value("max-attempts", ValueKinds.Whole(0), inherited.MaxAttempts),
        };
        if (settings.MinBackoff > settings.MaxBackoff)
        {
            section.Mistake(
                section.Has("min-backoff") ? "min-backoff" : "max-backoff",
                $"min-backoff ({Units.Text(settings.MinBackoff)}) must not be above max-backoff ({Units.Text(settings.MaxBackoff)})");
        }

        section.Close();
        return settings;
    }

    private static LimitSettings Limits(Section section, LimitSettings inherited)
    {
        var limits = new LimitSettings
        {
            MaxLine = section.Value("max-line", ValueKinds.Size, inherited.MaxLine),
            MaxEvent = section.Value("max-event", ValueKinds.Size, inherited.MaxEvent),
            MaxHeaders = section.Value("max-headers", ValueKinds.Size, inherited.MaxHeaders),
        };
        if (limits.MaxLine > limits.MaxEvent)
        {
            if (section.Has("max-line"))
            {
                section.Mistake(
                    "max-line",
                    $"max-line ({Units.Text(limits.MaxLine)}) must not be above max-event ({Units.Text(limits.MaxEvent)})");
            }

            // A smaller max-event alone takes the inherited max-line down with it.
            limits = limits with { MaxLine = limits.MaxEvent };
        }

        section.Close();
        return limits;
    }

    private static MeasureSettings Measure(Section section, MeasureSettings inherited)
    {
        var settings = new MeasureSettings
        {
            Sequence = MeasureField(section, "sequence", inherited.Sequence),
            Key = MeasureKey(section, inherited.Key),
            SentAt = MeasureField(section, "sent-at", inherited.SentAt),
            SentAtFormat = section.Value("sent-at-format", ValueKinds.SentAtFormat, inherited.SentAtFormat),
            Heartbeat = section.Text("heartbeat", inherited.Heartbeat),
        };
        if (settings.Sequence.Length == 0 && settings.Key.Length > 0 && section.Has("key"))
        {
            section.Mistake("key", "a key tells several sequences of a stream apart: expected sequence beside it or above");
        }

        section.Close();
        return settings;
    }

    private static string MeasureField(Section section, string key, string inherited)
    {
        const string expected = "\"id\", a JSON pointer into the data such as \"/ts\", or an empty text";
        var text = section.Text(key, inherited, expected);
        return text == "id" ? text : Pointer(section, key, text, expected);
    }

    private static string MeasureKey(Section section, string inherited)
    {
        const string expected = "a JSON pointer into the data such as \"/publisher\", or an empty text";
        return Pointer(section, "key", section.Text("key", inherited, expected), expected);
    }

    private static string Pointer(Section section, string key, string text, string expected)
    {
        // What was inherited has been looked at where it stands.
        if (text.Length == 0 || section.Take(key) is not { } node)
        {
            return text;
        }

        if (!text.StartsWith('/'))
        {
            section.Unexpected(node, section.PathOf(key), expected);
            return text;
        }

        try
        {
            JsonPointer.Parse(text);
        }
        catch (FormatException e)
        {
            section.Mistake(key, e.Message);
        }

        return text;
    }
}
