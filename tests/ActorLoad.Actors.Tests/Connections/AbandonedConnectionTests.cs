using ActorLoad.Actors.Connections;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Connections;

/// <summary>Being abandoned, in every state of the connection.</summary>
public sealed class AbandonedConnectionTests : ConnectionSpec
{
    [Fact]
    public async Task An_open_connection_is_let_go_of_and_closed_only_when_the_run_ends()
    {
        Start();
        var body = await OpenAsync();
        body.Feed("data: 1\n\n");
        await ObservedAsync("event <1>");
        Connection.Tell(ConnectionCommands.Abandon.Instance);

        await GoneAsync();
        Assert.Equal(["attempt", "opened 1 <>", "event <1>", "abandoned"], Observer.Calls);
        Assert.Equal(1, Abandoned.Count);

        // Nobody reads what comes now, and nobody closes.
        var waits = body.Waits;
        body.Feed("data: 2\n\n");
        Assert.False(body.Disposed.IsCompleted);
        Assert.Equal(waits, body.Waits);
        Abandoned.Dispose();
        await body.Disposed.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Empty(body.Faults);
        Assert.DoesNotContain("event <2>", Observer.Calls);
    }

    [Fact]
    public async Task Who_is_waiting_just_stops()
    {
        Start(prepare: c => c.Delay = TimeSpan.FromSeconds(2));
        Connection.Tell(ConnectionCommands.Abandon.Instance);

        await GoneAsync();
        Assert.Empty(Observer.Calls);
    }

    [Fact]
    public async Task Who_is_connecting_calls_the_attempt_off()
    {
        Start();
        var attempt = await Network.NextAsync();
        Connection.Tell(ConnectionCommands.Abandon.Instance);

        await GoneAsync();
        Assert.True(attempt.Cancellation.IsCancellationRequested);
        Assert.Equal(["attempt"], Observer.Calls);
    }

    [Fact]
    public async Task Who_is_being_cut_is_closed()
    {
        Start();
        var body = await OpenAsync();
        var mayGoOn = new ManualResetEventSlim();
        Observer.On = call =>
        {
            if (call == "event <hold>")
            {
                mayGoOn.Wait(TimeSpan.FromSeconds(20));
            }
        };

        // Held up in an event, the graph cannot end before both commands are there.
        body.Feed("data: hold\n\n");
        await ObservedAsync("event <hold>");
        Connection.Tell(new ConnectionCommands.Cut(0, TimeSpan.Zero));
        Connection.Tell(ConnectionCommands.Abandon.Instance);
        await GoneAsync();
        mayGoOn.Set();

        await body.Disposed.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(("closed", 0), (Observer.Calls[^1], Abandoned.Count));
    }

    [Fact]
    public async Task A_server_that_is_quicker_has_ended_the_stream()
    {
        Start(Settings with { Limits = new Messages.Scenarios.LimitSettings { MaxLine = 12, MaxEvent = 60 } });
        var body = await OpenAsync();
        var mayGoOn = new ManualResetEventSlim();
        Observer.On = call =>
        {
            if (call == "event <hold>")
            {
                mayGoOn.Wait(TimeSpan.FromSeconds(20));
            }
        };
        body.Feed("data: hold\n\ndata: a line that is too long\n\n");
        await ObservedAsync("event <hold>");
        Connection.Tell(ConnectionCommands.Abandon.Instance);
        await SettleAsync();
        mayGoOn.Set();

        await GoneAsync();
        await body.Disposed.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(("lost line-too-long", 0), (Observer.Calls[^1], Abandoned.Count));
    }

    [Fact]
    public async Task After_the_end_of_the_run_it_is_closed()
    {
        Start();
        var body = await OpenAsync();
        Abandoned.Dispose();
        Connection.Tell(ConnectionCommands.Abandon.Instance);

        await GoneAsync();
        await body.Disposed.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("closed", Observer.Calls[^1]);
    }

    [Fact]
    public async Task Commands_that_come_afterwards_change_nothing()
    {
        Start();
        var body = await OpenAsync();
        Connection.Tell(ConnectionCommands.Abandon.Instance);
        Connection.Tell(ConnectionCommands.Drop.Instance);
        Connection.Tell(ConnectionCommands.Reconnect.Instance);
        Connection.Tell(new ConnectionCommands.Cut(0, TimeSpan.Zero));
        Connection.Tell(ConnectionCommands.Abandon.Instance);

        await GoneAsync();
        Assert.Equal((1, 1, "abandoned"), (Network.Attempts, Abandoned.Count, Observer.Calls[^1]));
        Assert.False(body.Disposed.IsCompleted);
    }
}
