using System.Text;

namespace ActorLoad.Actors.Framing;

/// <summary>Decides whether an event is a heartbeat. (Every comment is one, too, which needs no decision.)</summary>
public static class Heartbeat
{
    /// <summary>Whether the event's name or data says that it only keeps the connection alive.</summary>
    /// <param name="type">The event name in any letter case; empty is "message", never a heartbeat by name.</param>
    /// <param name="data">The event's data.</param>
    /// <param name="text">The scenario's text in UTF-8, looked for in the data byte by byte; empty = the name alone decides.</param>
    public static bool IsHeartbeat(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data, ReadOnlySpan<byte> text) =>
        IsHeartbeatName(type) || (!text.IsEmpty && data.IndexOf(text) >= 0);

    // The length decides first: nearly every event of a busy stream is told apart by it alone.
    private static bool IsHeartbeatName(ReadOnlySpan<byte> type) => type.Length switch
    {
        4 => Ascii.EqualsIgnoreCase(type, "ping"u8),
        9 => Ascii.EqualsIgnoreCase(type, "heartbeat"u8) || Ascii.EqualsIgnoreCase(type, "keepalive"u8),
        _ => false,
    };
}
