using ActorLoad.Host.Target.Channels;

namespace ActorLoad.Host.Tests.Target;

public sealed class EventRingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(300)]
    [InlineData(1000)]
    public void The_ring_holds_exactly_its_last_events(int capacity)
    {
        var ring = Ring(capacity);
        for (var published = 1L; published <= 700; published++)
        {
            Publish(ring);
            Assert.Equal(published, ring.Newest);
            Assert.Equal(Math.Max(1, published - capacity + 1), ring.Oldest);
        }

        for (var id = 1L; id <= 701; id++)
        {
            var here = id >= ring.Oldest && id <= ring.Newest;
            Assert.Equal(here ? id : null, ring.Find(id)?.Id);
        }
    }

    [Fact]
    public void An_empty_ring_has_nothing_and_starts_with_one()
    {
        var ring = Ring(10);
        Assert.Equal((0, 1), (ring.Newest, ring.Oldest));
        Assert.Null(ring.Find(1));
        Assert.Equal(1, Publish(ring));
    }

    [Fact]
    public void A_restored_ring_goes_on_with_the_next_id()
    {
        var ring = Ring(100);
        ring.Restore([.. TargetTest.Range(950, 1049).Select(Frame)]);
        Assert.Equal((1049, 950), (ring.Newest, ring.Oldest));
        Assert.Equal(1050, Publish(ring));
        Assert.Equal(951, ring.Oldest);
        Assert.All(TargetTest.Range(951, 1050), id => Assert.Equal(id, ring.Find(id)?.Id));
    }

    [Fact]
    public async Task Concurrent_publishers_give_every_event_an_id_of_its_own()
    {
        var ring = Ring(5000);
        var ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Enumerable.Range(0, 1000).Select(_ => Publish(ring)).ToArray())));
        Assert.Equal(TargetTest.Range(1, 4000), ids.SelectMany(i => i).Order());
        Assert.Equal(4000, ring.Counters.Published);
    }

    private static EventRing Ring(int capacity) => new(capacity, new ChannelCounters("test"));

    private static EventFrame Frame(long id) => new(id, "message", [], 0);

    private static long Publish(EventRing ring) => ring.Publish(0, (id, _) => Frame(id));
}
