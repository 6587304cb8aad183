using ActorLoad.Actors.Connections;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Connections;

/// <summary>What a stream keeps across the incarnations of its connection.</summary>
public sealed class ConnectionCursorTests : ConnectionSpec
{
    [Fact]
    public async Task The_first_request_has_no_last_event_id()
    {
        Start();

        Assert.Equal("", (await Network.NextAsync()).Request.LastEventId);
    }

    [Fact]
    public async Task The_next_request_has_the_id_of_the_last_complete_event()
    {
        Start();
        var body = await OpenAsync();
        body.Feed("id: é1\ndata: 1\n\nid: 2\ndata: incomplete\n");
        body.End();
        await LostAsync(FailureReason.Eof);
        await AdvanceAsync(1);

        var attempt = await Network.NextAsync();
        Assert.Equal("é1", attempt.Request.LastEventId);
        attempt.Accept().Feed("data: no id of its own\n\n");
        await ObservedAsync("event <no id of its own>");
        Assert.Contains("opened 2 <é1>", Observer.Calls);
        Assert.Equal("é1", Cursor.LastEventIdText);
    }

    [Fact]
    public async Task Failed_attempts_in_between_do_not_lose_the_id()
    {
        Start();
        (await OpenAsync()).Feed("id: 7\ndata: 1\n\n");
        await ObservedAsync("event <1>");
        Connection.Tell(ConnectionCommands.Reconnect.Instance);
        await LostAsync(FailureReason.Dropped);
        (await Network.NextAsync()).Fail(FailureReason.Connect);
        await LostAsync(FailureReason.Connect);
        await AdvanceAsync(1);

        Assert.Equal("7", (await Network.NextAsync()).Request.LastEventId);
    }

    [Fact]
    public async Task Without_resume_every_connection_starts_afresh()
    {
        Start(resume: false);
        var body = await OpenAsync();
        body.Feed("id: 7\ndata: 1\n\n");
        body.End();
        await LostAsync(FailureReason.Eof);
        await AdvanceAsync(1);

        Assert.Equal("", (await Network.NextAsync()).Request.LastEventId);
    }

    [Fact]
    public async Task The_servers_retry_is_honoured_when_it_is_longer()
    {
        Start();
        var body = await OpenAsync();
        body.Feed("retry: 5000\n\n");
        body.End();
        await LostAsync(FailureReason.Eof);

        await AdvanceAsync(4.99);
        Assert.Equal(1, Network.Attempts);
        await AdvanceAsync(0.01);
        Assert.Equal(2, Network.Attempts);
    }

    [Fact]
    public async Task A_retry_outlives_the_connection_that_sent_it()
    {
        Start();
        var body = await OpenAsync();
        body.Feed("retry: 5000\n\n");
        body.End();
        await LostAsync(FailureReason.Eof);
        await AdvanceAsync(5);
        (await Network.NextAsync()).Fail(FailureReason.Connect);
        await LostAsync(FailureReason.Connect);

        await AdvanceAsync(4.99);
        Assert.Equal(1 + 1, Network.Attempts);
        await AdvanceAsync(0.01);
        Assert.Equal(1 + 1 + 1, Network.Attempts);
    }

    [Fact]
    public async Task The_backoff_doubles_until_an_event_resets_it()
    {
        Start();
        foreach (var delay in new[] { 1, 2, 4 })
        {
            (await Network.NextAsync()).Fail(FailureReason.Connect);
            await LostAsync(FailureReason.Connect);
            Assert.Equal(TimeSpan.FromSeconds(delay), Cursor.Delay);
            await AdvanceAsync(delay);
        }

        var body = await OpenAsync();
        body.Feed("data: 1\n\n");
        body.End();
        await LostAsync(FailureReason.Eof);
        Assert.Equal(TimeSpan.FromSeconds(1), Cursor.Delay);
    }

    [Fact]
    public async Task A_connection_without_an_event_resets_nothing()
    {
        Start();
        foreach (var delay in new[] { 1, 2, 4 })
        {
            var body = await OpenAsync();
            body.Feed(": only a comment\n\n");
            body.End();
            await LostAsync(FailureReason.Eof);
            Assert.Equal(TimeSpan.FromSeconds(delay), Cursor.Delay);
            await AdvanceAsync(delay);
        }
    }

    [Fact]
    public async Task After_the_last_allowed_attempt_it_stops()
    {
        Start(Settings with { Reconnect = Settings.Reconnect with { MaxAttempts = 2 } });
        var body = await OpenAsync();
        body.Feed("data: 1\n\n");
        body.End();
        Assert.Equal(Disposition.Restart, (await LostAsync(FailureReason.Eof)).Disposition);
        await AdvanceAsync(1);
        (await Network.NextAsync()).Fail(FailureReason.Connect);
        Assert.Equal(Disposition.Restart, (await LostAsync(FailureReason.Connect)).Disposition);
        await AdvanceAsync(2);
        (await Network.NextAsync()).Fail(FailureReason.Connect);

        Assert.Equal(Disposition.Stop, (await LostAsync(FailureReason.Connect)).Disposition);
        await GoneAsync();
        Assert.Equal(3, Network.Attempts);
    }

    [Fact]
    public async Task With_reconnecting_disabled_the_first_end_is_the_last()
    {
        Start(Settings with { Reconnect = Settings.Reconnect with { Enabled = false } });
        (await OpenAsync()).End();

        Assert.Equal(Disposition.Stop, (await LostAsync(FailureReason.Eof)).Disposition);
        await GoneAsync();
    }

    [Fact]
    public async Task A_drop_is_no_failure_in_a_row()
    {
        Start();
        await OpenAsync();
        Connection.Tell(ConnectionCommands.Drop.Instance);
        await LostAsync(FailureReason.Dropped);
        await SettleAsync();

        Assert.Equal(0, Cursor.FailuresInRow);
    }

    [Fact]
    public async Task Three_hundred_failures_in_a_row_still_reconnect()
    {
        Network.OnAttempt = attempt =>
        {
            if (Network.Attempts <= 300)
            {
                attempt.Fail(FailureReason.Connect);
            }
            else
            {
                attempt.Accept();
            }
        };
        Start(Settings with { Reconnect = new ReconnectSettings { MinBackoff = TimeSpan.Zero, MaxBackoff = TimeSpan.Zero } });

        for (var i = 0; i < 300; i++)
        {
            await LostAsync(FailureReason.Connect);
        }

        await ExpectMsgAsync<ConnectionEvents.Opened>();
        Assert.Equal((301, 301), (Cursor.Attempt, Cursor.Incarnation));
    }
}
