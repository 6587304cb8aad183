using ActorLoad.Actors.Connections;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Connections;

/// <summary>Row "waiting" of the connection's state table.</summary>
public sealed class WaitingConnectionTests : ConnectionSpec
{
    [Fact]
    public async Task Without_a_delay_it_connects_at_once()
    {
        Start();

        await Network.NextAsync();
        Assert.Equal(["attempt"], Observer.Calls);
    }

    [Fact]
    public async Task A_delay_is_waited_out_first()
    {
        Start(prepare: c => c.Delay = TimeSpan.FromSeconds(2));

        await AdvanceAsync(1.9);
        Assert.Equal(0, Network.Attempts);

        await AdvanceAsync(0.1);
        Assert.Equal(1, Network.Attempts);
    }

    [Fact]
    public async Task On_hold_it_does_not_connect_by_itself()
    {
        Start(prepare: c => c.OnHold = true);

        await AdvanceAsync(3600);
        Assert.Equal(0, Network.Attempts);
    }

    [Fact]
    public async Task Reconnect_ends_the_hold()
    {
        Start(prepare: c => c.OnHold = true);

        Connection.Tell(ConnectionCommands.Reconnect.Instance);

        Assert.Equal(1, await AttemptsAsync());
        Assert.False(Cursor.OnHold);
    }

    [Fact]
    public async Task Reconnect_does_not_wait_for_the_delay_and_connects_once()
    {
        Start(prepare: c => c.Delay = TimeSpan.FromSeconds(2));

        Connection.Tell(ConnectionCommands.Reconnect.Instance);
        Assert.Equal(1, await AttemptsAsync());

        await AdvanceAsync(10);
        Assert.Equal(1, Network.Attempts);
    }

    [Fact]
    public async Task Drop_puts_it_on_hold()
    {
        Start(prepare: c => c.Delay = TimeSpan.FromSeconds(2));

        Connection.Tell(ConnectionCommands.Drop.Instance);
        await AdvanceAsync(10);
        Assert.Equal(0, Network.Attempts);

        Connection.Tell(ConnectionCommands.Reconnect.Instance);
        Assert.Equal(1, await AttemptsAsync());
    }

    [Fact]
    public async Task A_drop_that_overtakes_an_immediate_connect_wins()
    {
        var immediately = Settings with { Reconnect = new ReconnectSettings { MinBackoff = TimeSpan.Zero, Jitter = 0 } };
        Start(immediately);
        var body = await OpenAsync();

        // Lies in the mailbox before the next incarnation can tell itself to connect.
        Observer.On = call => Connection.Tell(call == "lost eof" ? ConnectionCommands.Drop.Instance : "nothing");
        body.End();
        await LostAsync(FailureReason.Eof);

        Assert.Equal(1, await AttemptsAsync());
        Assert.True(Cursor.OnHold);
    }

    [Fact]
    public async Task A_user_that_closes_the_stream_while_it_waits_leaves_nothing()
    {
        Start(prepare: c => c.Delay = TimeSpan.FromSeconds(2));
        await SettleAsync();

        Sys.Stop(Connection);
        await GoneAsync();

        ((Akka.TestKit.TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0, Network.Attempts);
        Assert.Empty(Observer.Calls);
    }
}
