using ActorLoad.Actors.Connections;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Connections;

/// <summary>Being cut by a storm, in every state of the connection.</summary>
public sealed class StormConnectionTests : ConnectionSpec
{
    private static readonly ConnectionCommands.Cut Storm = new(3, TimeSpan.FromSeconds(4));

    [Fact]
    public async Task An_open_connection_comes_back_after_the_hold_and_its_reconnect_delay()
    {
        Start();
        var body = await OpenAsync();
        body.Feed("id: 7\ndata: 1\n\n");
        await ObservedAsync("event <1>");
        Connection.Tell(Storm);

        var failure = await LostAsync(FailureReason.Dropped);
        Assert.Equal((Disposition.Restart, "dropped by an event of the scenario"), (failure.Disposition, failure.Message));
        await AdvanceAsync(4.9);
        Assert.Equal(1, Network.Attempts);
        await AdvanceAsync(0.1);
        Assert.Equal("7", (await Network.NextAsync()).Request.LastEventId);
        Assert.Equal(["attempt", "opened 1 <>", "event <1>", "cut 3", "lost dropped", "attempt"], Observer.Calls);
        await body.Disposed.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task The_longer_retry_time_of_the_server_counts()
    {
        Start();
        (await OpenAsync()).Feed("retry: 9000\ndata: 1\n\n");
        await ObservedAsync("event <1>");
        Connection.Tell(Storm);

        await LostAsync(FailureReason.Dropped);
        await AdvanceAsync(12.9);
        Assert.Equal(1, Network.Attempts);
        await AdvanceAsync(0.1);
        Assert.Equal(2, Network.Attempts);
    }

    [Fact]
    public async Task A_stream_that_does_not_reconnect_has_ended()
    {
        Start(Settings with { Reconnect = Settings.Reconnect with { Enabled = false } });
        await OpenAsync();
        Connection.Tell(Storm);

        Assert.Equal(Disposition.Stop, (await LostAsync(FailureReason.Dropped)).Disposition);
        await GoneAsync();
    }

    [Fact]
    public async Task Who_is_waiting_or_connecting_is_no_part_of_it()
    {
        Start(prepare: c => c.Delay = TimeSpan.FromSeconds(2));
        Connection.Tell(Storm);
        await AdvanceAsync(2);
        var attempt = await Network.NextAsync();
        Connection.Tell(Storm);
        await SettleAsync();
        attempt.Accept();

        await ExpectMsgAsync<ConnectionEvents.Opened>();
        Assert.Equal(["attempt", "opened 1 <>"], Observer.Calls);
    }

    [Fact]
    public async Task Who_is_on_hold_is_no_part_of_it_and_stays_on_hold()
    {
        Start();
        await OpenAsync();
        Connection.Tell(ConnectionCommands.Drop.Instance);
        await LostAsync(FailureReason.Dropped);
        Connection.Tell(Storm);
        await AdvanceAsync(3600);

        Assert.Equal(1, Network.Attempts);
        Assert.DoesNotContain("cut 3", Observer.Calls);
    }

    [Fact]
    public async Task A_reconnect_step_ends_the_hold()
    {
        Start();
        await OpenAsync();
        Connection.Tell(Storm);
        await LostAsync(FailureReason.Dropped);
        Connection.Tell(ConnectionCommands.Reconnect.Instance);

        Assert.Equal(2, await AttemptsAsync());
    }

    [Fact]
    public async Task The_next_incarnation_is_cut_again_by_the_next_storm()
    {
        Start();
        for (var i = 1; i <= 3; i++)
        {
            await OpenAsync();
            Connection.Tell(new ConnectionCommands.Cut(i, TimeSpan.Zero));
            await LostAsync(FailureReason.Dropped);
            await AdvanceAsync(60);
        }

        Assert.Equal(["cut 1", "cut 2", "cut 3"], Observer.Calls.Where(c => c.StartsWith("cut", StringComparison.Ordinal)));
    }
}
