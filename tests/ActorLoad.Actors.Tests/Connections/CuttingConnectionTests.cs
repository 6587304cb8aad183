using ActorLoad.Actors.Connections;
using ActorLoad.Messages.Failures;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Connections;

/// <summary>Row "cutting" of the connection's state table: the graph is held up in an event, so it cannot end yet.</summary>
public sealed class CuttingConnectionTests : ConnectionSpec
{
    private readonly ManualResetEventSlim _mayGoOn = new();
    private Action _heldCall = () => { };

    [Fact]
    public async Task Reconnect_takes_the_hold_back()
    {
        await OpenAndHoldAsync(ConnectionCommands.Drop.Instance);
        Connection.Tell(ConnectionCommands.Reconnect.Instance);
        await SettleAsync();
        Assert.False(Cursor.OnHold);

        _mayGoOn.Set();
        await LostAsync(FailureReason.Dropped);
        await OpenAsync();
    }

    [Fact]
    public async Task Drop_makes_a_hold_of_it()
    {
        await OpenAndHoldAsync(ConnectionCommands.Reconnect.Instance);
        Connection.Tell(ConnectionCommands.Drop.Instance);
        await SettleAsync();

        _mayGoOn.Set();
        await LostAsync(FailureReason.Dropped);
        await AdvanceAsync(3600);
        Assert.Equal(1, Network.Attempts);
    }

    [Fact]
    public async Task It_ends_for_the_reason_it_was_cut_for()
    {
        var body = await OpenAndHoldAsync(ConnectionCommands.Drop.Instance);
        body.Break(new IOException("the server was quicker"));
        await SettleAsync();

        _mayGoOn.Set();
        await LostAsync(FailureReason.Dropped);
        Assert.Equal("lost dropped", Observer.Calls[^1]);
    }

    [Fact]
    public async Task A_defect_that_shows_while_it_is_cut_is_still_a_defect()
    {
        _heldCall = () => throw new InvalidOperationException("a defect");
        await OpenAndHoldAsync(ConnectionCommands.Drop.Instance);

        _mayGoOn.Set();
        await EscalatedAsync();
        Assert.Equal("closed", Observer.Calls[^1]);
    }

    [Fact]
    public async Task A_stall_check_is_too_late()
    {
        Start(Settings with { StallAfter = TimeSpan.FromSeconds(45) });
        var body = await OpenAsync();
        await HoldAsync(body, ConnectionCommands.Drop.Instance);
        Time.Advance(TimeSpan.FromSeconds(100));
        await AdvanceAsync(100);

        _mayGoOn.Set();
        await LostAsync(FailureReason.Dropped);
        Assert.Equal(1, Observer.Calls.Count(c => c.StartsWith("lost", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Stopped_it_closes_and_the_graph_ends()
    {
        var body = await OpenAndHoldAsync(ConnectionCommands.Drop.Instance);
        Sys.Stop(Connection);
        await GoneAsync();

        _mayGoOn.Set();
        await body.Disposed.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("closed", Observer.Calls[^1]);
    }

    protected override void AfterAll()
    {
        _mayGoOn.Set();
        base.AfterAll();
    }

    private async Task<Transport.FedStream> OpenAndHoldAsync(object command)
    {
        Start();
        var body = await OpenAsync();
        await HoldAsync(body, command);
        return body;
    }

    private async Task HoldAsync(Transport.FedStream body, object command)
    {
        Observer.On = call =>
        {
            if (call == "event <hold>")
            {
                _mayGoOn.Wait(TimeSpan.FromSeconds(20));
                _heldCall();
            }
        };
        body.Feed("data: hold\n\n");
        await ObservedAsync("event <hold>");
        Connection.Tell(command);
        await SettleAsync();
    }
}
