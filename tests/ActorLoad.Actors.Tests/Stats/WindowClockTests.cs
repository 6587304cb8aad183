using ActorLoad.Actors.Stats;
using CsCheck;

namespace ActorLoad.Actors.Tests.Stats;

public sealed class WindowClockTests
{
    [Fact]
    public void Nothing_closes_before_its_second_is_over()
    {
        var clock = new WindowClock();
        Assert.Empty(clock.Close(TimeSpan.FromSeconds(0.999)));
        Assert.Equal([0], clock.Close(TimeSpan.FromSeconds(1)));
        Assert.Empty(clock.Close(TimeSpan.FromSeconds(1)));
        Assert.Equal(TimeSpan.FromSeconds(2), clock.Due);
    }

    [Fact]
    public void A_late_tick_closes_all_that_were_due()
    {
        var clock = new WindowClock();
        Assert.Equal([0, 1, 2], clock.Close(TimeSpan.FromSeconds(3.4)));
        Assert.Equal(TimeSpan.FromSeconds(4), clock.Due);
        Assert.Equal(3, clock.CloseLast());
        Assert.Equal(4, clock.Next);
    }

    [Fact]
    public void Numbers_have_no_holes_and_stay_aligned_with_the_clock() =>
        Gen.Int[0, 5000].Array[1, 30].Sample(waits =>
        {
            var clock = new WindowClock();
            var closed = new List<int>();
            var elapsed = TimeSpan.Zero;
            foreach (var wait in waits)
            {
                elapsed += TimeSpan.FromMilliseconds(wait);
                closed.AddRange(clock.Close(elapsed));
                Assert.Equal((int)elapsed.TotalSeconds, clock.Next);
                Assert.True(clock.Due > elapsed);
            }

            Assert.Equal(Enumerable.Range(0, clock.Next), closed);
        });
}
