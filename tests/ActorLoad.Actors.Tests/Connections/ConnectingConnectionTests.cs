using ActorLoad.Actors.Connections;
using ActorLoad.Messages.Failures;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Connections;

/// <summary>Row "connecting" of the connection's state table.</summary>
public sealed class ConnectingConnectionTests : ConnectionSpec
{
    [Fact]
    public async Task A_response_opens_the_stream_and_tells_the_parent()
    {
        Start();
        (await Network.NextAsync()).Accept();

        Assert.Same(Stream, (await ExpectMsgAsync<ConnectionEvents.Opened>()).Stream);
        Assert.Equal(["attempt", "opened 1 <>"], Observer.Calls);
    }

    [Fact]
    public async Task A_transient_failure_restarts_after_the_delay()
    {
        Start();
        (await Network.NextAsync()).Fail(FailureReason.Connect);

        var failure = await LostAsync(FailureReason.Connect);
        Assert.Equal(Disposition.Restart, failure.Disposition);
        await AdvanceAsync(0.99);
        Assert.Equal(1, Network.Attempts);
        await AdvanceAsync(0.01);
        Assert.Equal(2, Network.Attempts);
        Assert.Equal(["attempt", "failed connect 0", "attempt"], Observer.Calls);
    }

    [Fact]
    public async Task A_permanent_failure_stops_it()
    {
        Start();
        (await Network.NextAsync()).Fail(FailureReason.Status, 404);

        var failure = await LostAsync(FailureReason.Status);
        Assert.Equal((404, Disposition.Stop), (failure.Status, failure.Disposition));
        await GoneAsync();
        Assert.Equal(["attempt", "failed status 404"], Observer.Calls);
    }

    [Fact]
    public async Task Drop_gives_the_attempt_up_and_holds()
    {
        Start();
        var attempt = await Network.NextAsync();
        Connection.Tell(ConnectionCommands.Drop.Instance);

        await LostAsync(FailureReason.Dropped);
        await AdvanceAsync(3600);
        Assert.True(attempt.Cancellation.IsCancellationRequested);
        Assert.Equal(1, Network.Attempts);

        // Neither opened nor failed: its own user has called it off.
        Assert.Equal(["attempt"], Observer.Calls);
    }

    [Fact]
    public async Task The_response_to_an_attempt_that_was_given_up_is_disposed_and_never_opens()
    {
        Start();
        var first = await Network.NextAsync();
        Connection.Tell(ConnectionCommands.Drop.Instance);
        Connection.Tell(ConnectionCommands.Reconnect.Instance);
        await LostAsync(FailureReason.Dropped);
        var second = await Network.NextAsync();

        var late = first.Accept();
        await late.Disposed.WaitAsync(TimeSpan.FromSeconds(20));
        await SettleAsync();
        Assert.DoesNotContain(Observer.Calls, c => c.StartsWith("opened", StringComparison.Ordinal));

        var body = second.Accept();
        await ExpectMsgAsync<ConnectionEvents.Opened>();
        Assert.False(body.Disposed.IsCompleted);
        Assert.Contains("opened 2 <>", Observer.Calls);
    }

    [Fact]
    public async Task A_failure_of_an_attempt_that_was_given_up_does_not_touch_the_next()
    {
        Start();
        var first = await Network.NextAsync();
        Connection.Tell(ConnectionCommands.Drop.Instance);
        Connection.Tell(ConnectionCommands.Reconnect.Instance);
        await LostAsync(FailureReason.Dropped);
        var second = await Network.NextAsync();

        first.Fail(FailureReason.Tls);
        second.Accept();
        await ExpectMsgAsync<ConnectionEvents.Opened>();
    }

    [Fact]
    public async Task Even_a_crash_of_an_attempt_that_was_given_up_does_not_touch_the_next()
    {
        Start();
        var first = await Network.NextAsync();
        Connection.Tell(ConnectionCommands.Drop.Instance);
        Connection.Tell(ConnectionCommands.Reconnect.Instance);
        await LostAsync(FailureReason.Dropped);
        var second = await Network.NextAsync();

        first.Crash(new InvalidOperationException("a defect"));
        second.Accept();
        await ExpectMsgAsync<ConnectionEvents.Opened>();
    }

    [Fact]
    public async Task Reconnect_changes_nothing()
    {
        Start();
        var attempt = await Network.NextAsync();
        Connection.Tell(ConnectionCommands.Reconnect.Instance);

        Assert.Equal(1, await AttemptsAsync());
        Assert.False(attempt.Cancellation.IsCancellationRequested);
        attempt.Accept();
        await ExpectMsgAsync<ConnectionEvents.Opened>();
    }

    [Fact]
    public async Task Stopped_it_gives_the_attempt_up_and_disposes_what_still_comes()
    {
        Start();
        var attempt = await Network.NextAsync();

        Sys.Stop(Connection);
        await GoneAsync();
        Assert.True(attempt.Cancellation.IsCancellationRequested);

        await attempt.Accept().Disposed.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(["attempt"], Observer.Calls);
    }

    [Fact]
    public async Task A_response_still_in_the_mailbox_when_it_stops_is_disposed()
    {
        Start();
        var attempt = await Network.NextAsync();
        var cell = (ActorRefWithCell)Connection;
        cell.Suspend();
        var body = attempt.Accept();
        await AwaitConditionAsync(() => Task.FromResult(cell.Underlying.HasMessages));
        Sys.Stop(Connection);

        await body.Disposed.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_response_that_cannot_be_taken_is_disposed()
    {
        Start();
        var attempt = await Network.NextAsync();
        Observer.On = call => _ = call.StartsWith("opened", StringComparison.Ordinal)
            ? throw new InvalidOperationException("a defect")
            : call;

        await attempt.Accept().Disposed.WaitAsync(TimeSpan.FromSeconds(20));
    }
}
