namespace ActorLoad.Actors.Framing;

/// <summary>
/// A dispatched event, as the bytes that the server sent. The spans are valid only during the call that hands the event
/// over; text is made (UTF-8, invalid sequences replaced by U+FFFD) only by whoever asks for it.
/// </summary>
public readonly ref struct SseEvent
{
    public SseEvent(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data, ReadOnlySpan<byte> lastEventId, bool hasOwnId = true)
    {
        Type = type;
        Data = data;
        LastEventId = lastEventId;
        HasOwnId = hasOwnId;
    }

    /// <summary>The event name; empty stands for the standard's default, "message".</summary>
    public ReadOnlySpan<byte> Type { get; }

    /// <summary>The data lines joined by LF.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>The last event id after this event; it may come from an earlier event.</summary>
    public ReadOnlySpan<byte> LastEventId { get; }

    /// <summary>Whether the event's own block had an id line that took effect; else <see cref="LastEventId"/> is an earlier event's.</summary>
    public bool HasOwnId { get; }
}
