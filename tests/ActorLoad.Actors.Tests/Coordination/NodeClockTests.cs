using ActorLoad.Actors.Coordination;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using Microsoft.Extensions.Time.Testing;

namespace ActorLoad.Actors.Tests.Coordination;

public sealed class NodeClockTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(400, 500, 0)]
    [InlineData(500, 500, 0)]
    [InlineData(-500, 500, 0)]
    [InlineData(501, 500, 501)]
    [InlineData(-2_000_000, 500, -2_000_000)]
    [InlineData(2_000_000, -1, 0)]
    [InlineData(long.MinValue, 500, 0)]
    [InlineData(long.MaxValue, 500, 0)]
    public void An_offset_counts_when_it_is_more_than_its_error(long offset, long error, long applied)
    {
        var clock = new NodeClock(_time);
        clock.Set(new WorkerProtocol.ClockSet(new WorkerId("w"), offset, error));
        Assert.Equal(applied, clock.OffsetUs);
        Assert.Equal(TimeSpan.FromMicroseconds(applied), clock.CoordinatorNow - _time.GetUtcNow());
    }

    [Fact]
    public void A_moment_of_the_coordinators_clock_is_as_long_ago_as_its_clock_says()
    {
        var clock = new NodeClock(_time);
        var moment = _time.GetUtcNow().AddSeconds(3);
        Assert.Equal(TimeSpan.FromSeconds(-3), clock.Since(moment));

        // The coordinator's is five seconds ahead: by it, the moment has gone by.
        clock.Set(new WorkerProtocol.ClockSet(new WorkerId("w"), 5_000_000, 100));
        Assert.Equal(TimeSpan.FromSeconds(2), clock.Since(moment));
        Assert.Equal(_time.GetUtcNow().ToUnixTimeMilliseconds() * 1000, clock.NowUnixUs);
    }
}
