namespace ActorLoad.Host.Target.Faults;

/// <summary>What goes wrong on a stream, on purpose. Percentages are 0 to 100; numbers of events count what was written on one connection.</summary>
public sealed record TargetFaults
{
    public static readonly TargetFaults None = new();

    /// <summary>Ends the response cleanly after so many events. Default: never.</summary>
    public long? CutAfter { get; init; }

    /// <summary>Resets the TCP connection (RST) after so many events. Default: never.</summary>
    public long? ResetAfter { get; init; }

    /// <summary>Stays open but sends nothing more, not even heartbeats, after so many events. Default: never.</summary>
    public long? StallAfter { get; init; }

    /// <summary>Percent of connections answered with <see cref="RefuseStatus"/>. Default: 0.</summary>
    public double RefusePercent { get; init; }

    /// <summary>Status of refused connections. Default: 503.</summary>
    public int RefuseStatus { get; init; } = 503;

    /// <summary>Percent of events that are not sent. Default: 0.</summary>
    public double SkipPercent { get; init; }

    /// <summary>Percent of events that are sent twice. Default: 0.</summary>
    public double RepeatPercent { get; init; }

    /// <summary>Percent of events that change places with the next one. Default: 0.</summary>
    public double SwapPercent { get; init; }

    /// <summary>Percent of events that come after the next 2 to 8 ones; one at a time is held back. Default: 0.</summary>
    public double LatePercent { get; init; }

    /// <summary>Every event is sent this long after it was published. Default: zero.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The response head is sent this late. Default: zero.</summary>
    public TimeSpan HeadersDelay { get; init; }

    /// <summary>Answers every connection with this status instead of a stream. Default: none.</summary>
    public int? Status { get; init; }

    /// <summary>Replaces the content type `text/event-stream`. Default: none.</summary>
    public string? ContentType { get; init; }

    internal bool ChangesEvents => SkipPercent > 0 || RepeatPercent > 0 || SwapPercent > 0 || LatePercent > 0;

    /// <summary>What is wrong with these values, or null.</summary>
    internal string? Mistake()
    {
        if (CutAfter < 0 || ResetAfter < 0 || StallAfter < 0)
        {
            return "cut_after, reset_after and stall_after must not be negative";
        }

        if (!IsPercent(RefusePercent) || !IsPercent(SkipPercent) || !IsPercent(RepeatPercent) || !IsPercent(SwapPercent)
            || !IsPercent(LatePercent))
        {
            return "refuse, skip, repeat, swap and late are percentages from 0 to 100";
        }

        if (SkipPercent + RepeatPercent + SwapPercent + LatePercent > 100)
        {
            return "skip, repeat, swap and late together must not exceed 100 percent";
        }

        if (Status is < 200 or > 599 || RefuseStatus is < 300 or > 599)
        {
            return "status must be from 200 to 599, refuse_status from 300 to 599";
        }

        if (Delay < TimeSpan.Zero || HeadersDelay < TimeSpan.Zero)
        {
            return "delays must not be negative";
        }

        return ContentType is { } type && type.Any(c => c is < ' ' or > '~') ? "content_type must be printable ASCII" : null;
    }

    private static bool IsPercent(double value) => value is >= 0 and <= 100;
}
