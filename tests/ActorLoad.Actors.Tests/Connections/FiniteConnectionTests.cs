using System.Net.Sockets;
using ActorLoad.Actors.Connections;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Connections;

/// <summary>Streams that end with a done marker: the second note of the connection's state table.</summary>
public sealed class FiniteConnectionTests : ConnectionSpec
{
    private static readonly DoneMarker Marker = new("[DONE]", null);

    [Theory]
    [InlineData("data: 1\n\ndata: [DONE]\n\n")]
    [InlineData("data: 1\n\ndata: [DONE]\n\ndata: 2\n\n: late\n\nretry: 9\n\n")]
    public async Task The_marker_completes_it_closes_the_connection_and_ends_the_actor(string text)
    {
        Start(until: Marker);
        var body = await OpenAsync();
        body.Feed(text);

        CompletedAndGone();
        await body.Disposed.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(["attempt", "opened 1 <>", "event <1>", "event <[DONE]>", "done", "closed"], Observer.Calls.Where(c => c != "retry 9"));
        Assert.Equal(1, Network.Attempts);
        Assert.Empty(body.Faults);
    }

    [Fact]
    public async Task The_end_of_the_response_behind_the_marker_is_no_loss()
    {
        Start(until: Marker);
        var body = await OpenAsync();
        body.Feed("data: [DONE]\n\n");
        body.End();

        CompletedAndGone();
        Assert.DoesNotContain(Observer.Calls, c => c.StartsWith("lost", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, Disposition.Restart)]
    [InlineData(false, Disposition.Stop)]
    public async Task An_end_without_the_marker_is_cut_short(bool reconnects, Disposition expected)
    {
        Start(Settings with { Reconnect = Settings.Reconnect with { Enabled = reconnects } }, until: Marker);
        var body = await OpenAsync();
        body.Feed("data: 1\n\ndata: [DONE\n\n");
        body.End();

        Assert.Equal(expected, (await LostAsync(FailureReason.Truncated)).Disposition);
        Assert.Contains("lost truncated", Observer.Calls);
    }

    [Fact]
    public async Task A_break_keeps_its_own_reason()
    {
        Start(Settings with { Reconnect = Settings.Reconnect with { Enabled = false } }, until: Marker);
        (await OpenAsync()).Break(new IOException("x", new SocketException((int)SocketError.ConnectionReset)));

        Assert.Equal(Disposition.Stop, (await LostAsync(FailureReason.Reset)).Disposition);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_complete_stays_complete_whatever_the_user_wants_of_it_meanwhile(bool reconnect)
    {
        Start(until: Marker);
        var body = await OpenAsync();

        // Within the call that tells of the marker: the connection gets the command before it hears that its graph has ended.
        Observer.On = call =>
        {
            if (call == "done")
            {
                Connection.Tell(reconnect ? ConnectionCommands.Reconnect.Instance : ConnectionCommands.Drop.Instance);
            }
        };
        body.Feed("data: [DONE]\n\n");

        CompletedAndGone();
        Assert.Equal(["attempt", "opened 1 <>", "event <[DONE]>", "done", "closed"], Observer.Calls);
        Assert.Equal(1, Network.Attempts);
    }

    [Theory]
    [InlineData(false, false, false, FailureReason.Eof)]
    [InlineData(false, true, false, FailureReason.Truncated)]
    [InlineData(true, true, false, FailureReason.Stalled)]
    [InlineData(true, false, false, FailureReason.Stalled)]
    [InlineData(true, true, true, null)]
    [InlineData(false, true, true, null)]
    public void How_a_graph_ended_follows_from_error_and_marker(bool broken, bool finite, bool done, FailureReason? reason)
    {
        var end = GraphEnd.Of(broken ? new StreamBrokenException(FailureReason.Stalled, "x") : null, finite, done);

        Assert.Equal((reason is null, null), (end.Completed, end.Defect));
        Assert.True(reason is null || end.Reason == reason);
    }

    [Fact]
    public void A_defect_is_a_defect_even_behind_the_marker()
    {
        var defect = new InvalidOperationException();
        Assert.Equal((false, defect), (GraphEnd.Of(defect, true, true).Completed, GraphEnd.Of(defect, true, true).Defect));
    }

    // The parent passes on what it hears; the end of the connection comes straight from the system.
    private void CompletedAndGone()
    {
        var told = ReceiveN(2);
        Assert.Single(told.OfType<ConnectionEvents.Completed>());
        Assert.Single(told.OfType<Terminated>());
    }
}
