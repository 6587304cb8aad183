using ActorLoad.Actors.Transport.Seats;

namespace ActorLoad.Actors.Tests.Transport.Seats;

public sealed class SharedConnectionsTests : IDisposable
{
    private static readonly Uri From = new("http://one.test/");
    private static readonly Uri To = new("http://two.test/");

    private readonly SharedConnections _connections = new(3, () => new HttpMessageInvoker(new SocketsHttpHandler()));

    public void Dispose() => _connections.Dispose();

    [Fact]
    public void Who_joins_a_connection_waits_until_the_first_has_its_turn()
    {
        var first = _connections.Take(From);
        var second = _connections.Take(From);
        Assert.Equal((true, false, false), (first.Dials, second.Dials, second.Turn.IsCompleted));
        first.TurnHasCome();
        Assert.True(second.Turn.IsCompleted);
    }

    [Fact]
    public void Who_joins_a_connection_that_a_redirect_led_to_does_not_wait_for_a_turn_that_has_been()
    {
        var moved = _connections.Move(_connections.Take(From), From, To);
        var joined = _connections.Take(To);
        Assert.Equal((true, false), (moved.Dials, joined.Dials));
        Assert.True(joined.Turn.IsCompleted);
    }

    [Fact]
    public void A_redirect_onto_a_connection_that_still_waits_ends_nobodys_waiting()
    {
        _connections.Take(To);
        var joined = _connections.Take(To);
        _connections.Move(_connections.Take(From), From, To);
        Assert.False(joined.Turn.IsCompleted);
    }
}
