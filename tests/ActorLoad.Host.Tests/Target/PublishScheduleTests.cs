using ActorLoad.Host.Target.Channels;
using CsCheck;

namespace ActorLoad.Host.Tests.Target;

public sealed class PublishScheduleTests
{
    [Fact]
    public void The_first_event_is_due_one_period_after_the_start()
    {
        var schedule = new PublishSchedule(Ms(100), start: Ms(50));
        Assert.Equal(0, schedule.TakeDue(Ms(149)));
        Assert.Equal(Ms(1), schedule.Until(Ms(149)));
        Assert.Equal(1, schedule.TakeDue(Ms(150)));
        Assert.Equal(0, schedule.TakeDue(Ms(150)));
    }

    [Fact]
    public void A_late_timer_owes_what_it_missed_and_keeps_the_beat()
    {
        var schedule = new PublishSchedule(Ms(100), TimeSpan.Zero);
        Assert.Equal(3, schedule.TakeDue(Ms(370)));
        Assert.Equal(Ms(30), schedule.Until(Ms(370)));
    }

    [Fact]
    public void More_than_a_second_of_debt_is_let_go()
    {
        var schedule = new PublishSchedule(Ms(100), TimeSpan.Zero);
        Assert.Equal(10, schedule.TakeDue(Ms(60_000)));
        Assert.Equal(0, schedule.TakeDue(Ms(60_099)));
        Assert.Equal(1, schedule.TakeDue(Ms(60_100)));
    }

    [Fact]
    public void A_period_longer_than_the_debt_is_never_owed_twice()
    {
        var schedule = new PublishSchedule(Ms(5000), TimeSpan.Zero);
        Assert.Equal(1, schedule.TakeDue(Ms(16_000)));
        Assert.Equal(Ms(4000), schedule.Until(Ms(16_000)));
    }

    [Fact]
    public void However_the_timer_fires_the_number_of_events_is_that_of_the_clock() =>
        Gen.Select(Gen.Int[1, 50], Gen.Int[1, 900].Array[1, 40]).Sample((period, waits) =>
        {
            var schedule = new PublishSchedule(Ms(period), TimeSpan.Zero);
            var (now, published) = (0, 0);
            foreach (var wait in waits)
            {
                now += wait;
                published += schedule.TakeDue(Ms(now));
            }

            return published == now / period;
        });

    private static TimeSpan Ms(int ms) => TimeSpan.FromMilliseconds(ms);
}
