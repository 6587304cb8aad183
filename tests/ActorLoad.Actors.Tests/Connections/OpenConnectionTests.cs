using System.Net.Sockets;
using ActorLoad.Actors.Connections;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Connections;

/// <summary>Row "open" of the connection's state table.</summary>
public sealed class OpenConnectionTests : ConnectionSpec
{
    [Fact]
    public async Task The_end_of_the_stream_restarts_it()
    {
        Start();
        var body = await OpenAsync();
        body.Feed("data: 1\n\n");
        body.End();

        var failure = await LostAsync(FailureReason.Eof);
        Assert.Equal(Disposition.Restart, failure.Disposition);
        await AdvanceAsync(1);
        Assert.Equal(2, Network.Attempts);
        Assert.Equal(["attempt", "opened 1 <>", "event <1>", "lost eof", "attempt"], Observer.Calls);
        await body.Disposed.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Empty(body.Faults);
    }

    [Fact]
    public async Task A_reset_is_told_as_such()
    {
        Start();
        (await OpenAsync()).Break(new IOException("x", new SocketException((int)SocketError.ConnectionReset)));

        Assert.Equal(Disposition.Restart, (await LostAsync(FailureReason.Reset)).Disposition);
    }

    [Theory]
    [InlineData("data: 123456789\n", FailureReason.LineTooLong)]
    [InlineData("data: 1234\ndata: 5678\n\n", FailureReason.EventTooLarge)]
    public async Task Beyond_its_limits_the_stream_stops_for_good(string text, FailureReason expected)
    {
        Start(Settings with { Limits = new LimitSettings { MaxLine = 12, MaxEvent = 6 } });
        var body = await OpenAsync();
        body.Feed(text);

        Assert.Equal(Disposition.Stop, (await LostAsync(expected)).Disposition);
        await GoneAsync();
        await body.Disposed.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Silence_beyond_the_limit_cuts_it_as_stalled()
    {
        Start(Settings with { StallAfter = TimeSpan.FromSeconds(45) });
        var body = await OpenAsync();

        Time.Advance(TimeSpan.FromSeconds(46));
        await SettleAsync();
        ((Akka.TestKit.TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(45));

        Assert.Equal(Disposition.Restart, (await LostAsync(FailureReason.Stalled)).Disposition);
        await body.Disposed.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(["attempt", "opened 1 <>", "lost stalled"], Observer.Calls);
    }

    [Fact]
    public async Task Bytes_put_the_stall_off_by_their_own_age()
    {
        Start(Settings with { StallAfter = TimeSpan.FromSeconds(45) });
        var body = await OpenAsync();
        Time.Advance(TimeSpan.FromSeconds(-40));
        body.Feed(":\n");
        await ObservedAsync("comment <>");
        Time.Advance(TimeSpan.FromSeconds(40));

        // At the first check the comment is about 0 s old; the next check comes when it would be 45 s old.
        await AdvanceAsync(45);
        Assert.DoesNotContain("lost stalled", Observer.Calls);

        Time.Advance(TimeSpan.FromSeconds(45));
        await SettleAsync();
        ((Akka.TestKit.TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(45));
        await LostAsync(FailureReason.Stalled);
    }

    [Fact]
    public async Task A_stream_that_is_not_read_on_purpose_never_stalls()
    {
        Start(Settings with { StallAfter = TimeSpan.FromSeconds(45), StopReadingAfterBytes = 9 });
        var body = await OpenAsync();
        body.Feed("data: 1\n\n");
        body.Feed("data: 2\n\n");
        await ObservedAsync("event <1>");
        for (var i = 0; i < 5; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(46));
            await AdvanceAsync(46);
        }

        Assert.Equal(["attempt", "opened 1 <>", "event <1>"], Observer.Calls);
        Sys.Stop(Connection);
        await GoneAsync();
        await body.Disposed.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_slow_reader_still_finds_out_about_silence()
    {
        Start(Settings with { StallAfter = TimeSpan.FromSeconds(45), ReadRate = 1000 });
        var body = await OpenAsync();
        body.Feed(":\n");
        Time.Advance(TimeSpan.FromSeconds(1));
        await WokenUntilAsync(() => Observer.Calls.Contains("comment <>"));

        // Once more the pace lets it read, and this time there is nothing.
        Time.Advance(TimeSpan.FromSeconds(1));
        await WokenUntilAsync(() => body.Waits > 0);
        Time.Advance(TimeSpan.FromSeconds(46));
        await SettleAsync();
        ((Akka.TestKit.TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(46));

        Assert.Equal(Disposition.Restart, (await LostAsync(FailureReason.Stalled)).Disposition);
    }

    [Fact]
    public async Task Without_a_limit_silence_never_stalls()
    {
        Start();
        await OpenAsync();
        Time.Advance(TimeSpan.FromDays(2));

        await AdvanceAsync(86_400);
        Assert.Equal(["attempt", "opened 1 <>"], Observer.Calls);
    }

    [Fact]
    public async Task Drop_cuts_it_and_holds()
    {
        Start();
        var body = await OpenAsync();
        Connection.Tell(ConnectionCommands.Drop.Instance);

        await LostAsync(FailureReason.Dropped);
        await body.Disposed.WaitAsync(TimeSpan.FromSeconds(20));
        await AdvanceAsync(3600);
        Assert.Equal(["attempt", "opened 1 <>", "lost dropped"], Observer.Calls);

        Connection.Tell(ConnectionCommands.Reconnect.Instance);
        await OpenAsync();
        Assert.Contains("opened 2 <>", Observer.Calls);
    }

    [Fact]
    public async Task Reconnect_cuts_it_and_connects_without_delay()
    {
        Start();
        var body = await OpenAsync();
        Connection.Tell(ConnectionCommands.Reconnect.Instance);

        await LostAsync(FailureReason.Dropped);
        await OpenAsync();
        await body.Disposed.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Stopped_it_closes_without_being_lost()
    {
        Start();
        var body = await OpenAsync();

        Sys.Stop(Connection);
        await GoneAsync();
        await body.Disposed.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(["attempt", "opened 1 <>", "closed"], Observer.Calls);
        Assert.Empty(body.Faults);
    }

    // A graph that holds back sets its timer at a moment of its own, maybe after the scheduler was advanced: so again and again.
    private Task WokenUntilAsync(Func<bool> condition) => AwaitConditionAsync(
        () =>
        {
            ((Akka.TestKit.TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromMilliseconds(10));
            return Task.FromResult(condition());
        },
        TimeSpan.FromSeconds(20),
        TimeSpan.FromMilliseconds(1));
}
