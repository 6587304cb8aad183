using System.Text;
using ActorLoad.Actors.Framing;

namespace ActorLoad.Actors.Tests.Framing;

public sealed class HeartbeatTests
{
    [Theory]
    [InlineData("heartbeat")]
    [InlineData("Heartbeat")]
    [InlineData("ping")]
    [InlineData("PING")]
    [InlineData("keepalive")]
    [InlineData("KeepAlive")]
    public void An_event_is_a_heartbeat_by_name_in_any_letter_case(string type) => Assert.True(Decide(type, "{}", ""));

    [Theory]
    [InlineData("")]
    [InlineData("message")]
    [InlineData("pong")]
    [InlineData("pings")]
    [InlineData("keep-alive")]
    [InlineData("heartbeats")]
    [InlineData(" ping")]
    [InlineData("p\u0131ng")]
    public void Other_names_are_no_heartbeats(string type) => Assert.False(Decide(type, "ping heartbeat keepalive", ""));

    [Theory]
    [InlineData("{\"kind\":\"beat\"}", "beat", true)]
    [InlineData("beat", "beat", true)]
    [InlineData("{\"kind\":\"Beat\"}", "beat", false)]
    [InlineData("bea", "beat", false)]
    [InlineData("", "beat", false)]
    [InlineData("\u2665 \u2665", "\u2665", true)]
    public void The_scenarios_text_makes_any_event_whose_data_contains_it_a_heartbeat(string data, string text, bool expected) =>
        Assert.Equal(expected, Decide("update", data, text));

    private static bool Decide(string type, string data, string text) =>
        Heartbeat.IsHeartbeat(Encoding.UTF8.GetBytes(type), Encoding.UTF8.GetBytes(data), Encoding.UTF8.GetBytes(text));
}
