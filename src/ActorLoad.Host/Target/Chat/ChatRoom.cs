using ActorLoad.Host.Target.Channels;

namespace ActorLoad.Host.Target.Chat;

/// <summary>One room: messages and presence share its numbering, and every member gets both, the own ones included.</summary>
internal sealed class ChatRoom(string name, EventRing ring, TargetClock clock)
{
    public EventRing Ring { get; } = ring;

    /// <summary>Sends to all members; returns the event's id.</summary>
    public long Post(string user, string text) => Ring.Publish(
        (Room: name, User: user, Text: text, Clock: clock),
        static (id, s) => EventFormat.Format(id, "chat", "message", s.Clock, s, static (json, m) =>
        {
            json.WriteString("room", m.Room);
            json.WriteString("user", m.User);
            json.WriteString("text", m.Text);
        }));

    /// <summary>Tells all members that somebody came or went.</summary>
    public void Announce(string user, string action) => Ring.Publish(
        (Room: name, User: user, Action: action, Clock: clock),
        static (id, s) => EventFormat.Format(id, "chat", "presence", s.Clock, s, static (json, p) =>
        {
            json.WriteString("room", p.Room);
            json.WriteString("user", p.User);
            json.WriteString("action", p.Action);
        }));
}
