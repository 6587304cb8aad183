using System.Diagnostics;
using ActorLoad.Actors.Measurement;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Tests.Measurement;

public sealed class StripedTimingTests
{
    private static long Ticks(long microseconds) => microseconds * Stopwatch.Frequency / 1_000_000;

    [Fact]
    public void Every_value_that_many_threads_record_is_in_exactly_one_window()
    {
        const int each = 300_000;
        long[] values = [100, 1_000, 20_000];
        var timing = new StripedTiming();
        var sum = HistogramCodec.Create();
        Threads.Run(
            _ =>
            {
                for (var i = 0; i < each; i++)
                {
                    timing.Record(Ticks(values[i % values.Length]));
                }
            },
            () =>
            {
                if (timing.Drain() is { } window)
                {
                    sum.Add(window);
                }
            });

        Assert.Equal(Threads.Count * each, sum.TotalCount);
        Assert.All(values, v => Assert.Equal(Threads.Count * each / values.Length, sum.GetCountAtValue(v)));
        Assert.Null(timing.Drain());
    }

    [Fact]
    public void Nothing_recorded_gives_nothing()
    {
        var timing = new StripedTiming();
        Assert.Null(timing.Drain());
        timing.Record(Ticks(7));
        Assert.Equal(1, timing.Drain()!.GetCountAtValue(7));
        Assert.Null(timing.Drain());
    }

    [Fact]
    public void Values_out_of_range_count_as_the_nearest_bound()
    {
        var timing = new StripedTiming();
        timing.Record(-5);
        timing.Record(Microseconds.ToTicks(TimeSpan.FromDays(3)));
        var drained = timing.Drain()!;
        Assert.Equal(2, drained.TotalCount);
        Assert.Equal(1, drained.GetCountAtValue(0));
        Assert.Equal(1, drained.GetCountAtValue(HistogramCodec.HighestMicroseconds));
    }
}
