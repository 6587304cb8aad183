using ActorLoad.Actors.Measurement;
using ActorLoad.Actors.Measurement.Clocks;

namespace ActorLoad.Actors.Tests.Measurement.Clocks;

public sealed class WallClockTests
{
    private readonly HandClock _time = new();

    [Fact]
    public void It_dates_a_stamp_that_lies_in_the_past()
    {
        var wall = new WallClock(_time);
        _time.Advance(123.456);
        var stamp = _time.Stamp;
        var dated = _time.NowUs;
        _time.Advance(40);
        Assert.Equal(dated, wall.UnixUs(stamp));
        Assert.Equal(_time.NowUs, wall.Now);
    }

    [Theory]
    [InlineData(-5000)]
    [InlineData(0.25)]
    [InlineData(3_600_000)]
    public void A_date_that_was_corrected_is_followed_within_a_second(double step)
    {
        var wall = new WallClock(_time);
        _time.Advance(10);
        _time.Step(step);
        _time.Advance(900);
        Assert.Equal(_time.NowUs - (long)(step * 1000), wall.Now);
        _time.Advance(90);
        Assert.Equal(_time.NowUs, wall.Now);
    }

    [Fact]
    public void On_a_real_clock_it_is_right_to_well_below_a_millisecond()
    {
        var wall = new WallClock(TimeProvider.System);

        // Between two readings of the date; the widest gap that a busy machine leaves between them is no error of ours.
        for (var i = 0; i < 1000; i++)
        {
            var before = UtcUs();
            var now = wall.Now;
            var after = UtcUs();
            Assert.InRange(now, before - 200, after + 200);
        }

        static long UtcUs() => (DateTimeOffset.UtcNow.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
    }

    [Fact]
    public void Dating_allocates_nothing_even_when_the_clocks_are_compared()
    {
        var wall = new WallClock(TimeProvider.System);
        var ticks = TimeProvider.System.GetTimestamp();
        wall.UnixUs(ticks);
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (var i = 1; i <= 1000; i++)
            {
                wall.UnixUs(ticks + (i * Microseconds.ToTicks(TimeSpan.FromSeconds(0.7))));
            }
        }));
    }
}
