using ActorLoad.Actors.Measurement;
using CsCheck;

namespace ActorLoad.Actors.Tests.Measurement;

public sealed class LevelGaugeTests
{
    [Fact]
    public void The_highest_level_of_a_window_starts_at_the_level_where_the_window_began() =>
        Gen.Int[0, 2].List[1, 60].Sample(steps =>
        {
            var gauge = new LevelGauge();
            var (level, highest) = (0L, 0L);
            foreach (var step in steps)
            {
                switch (step)
                {
                    case 0:
                        gauge.Increment();
                        highest = Math.Max(highest, ++level);
                        break;
                    case 1:
                        gauge.Decrement();
                        level--;
                        break;
                    default:
                        Assert.Equal((level, Math.Max(highest, level)), gauge.Take());
                        highest = level;
                        break;
                }
            }

            Assert.Equal(level, gauge.Level);
        });

    [Fact]
    public void Threads_that_go_up_and_down_leave_it_at_zero_and_their_peak_is_in_a_window()
    {
        const int rounds = 400_000;
        var gauge = new LevelGauge();
        using var allUp = new Barrier(Threads.Count);
        var highest = 0L;
        Threads.Run(
            _ =>
            {
                gauge.Increment();
                allUp.SignalAndWait();
                gauge.Decrement();
                for (var i = 0; i < rounds; i++)
                {
                    gauge.Increment();
                    gauge.Decrement();
                }
            },
            () => highest = Math.Max(highest, gauge.Take().Highest));

        Assert.Equal(0, gauge.Level);
        Assert.Equal(Threads.Count, highest);
        Assert.Equal((0L, 0L), gauge.Take());
    }
}
