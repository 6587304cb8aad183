using ActorLoad.Actors.Measurement;

namespace ActorLoad.Actors.Tests.Measurement;

public sealed class StripedCountersTests
{
    [Fact]
    public void What_many_threads_add_is_what_the_windows_hold_together()
    {
        const int each = 3_000_000;
        var counters = new StripedCounters(3);
        var taken = new long[3];
        var sums = new long[3];
        Threads.Run(
            thread =>
            {
                for (var i = 0; i < each; i++)
                {
                    counters.Increment(0);
                    counters.Add(2, thread + 1);
                }
            },
            () =>
            {
                var difference = counters.TakeDifference(taken);
                Assert.All(difference, d => Assert.True(d >= 0));
                for (var i = 0; i < sums.Length; i++)
                {
                    sums[i] += difference[i];
                }
            });

        Assert.Equal([Threads.Count * each, 0, each * (1L + 2 + 3 + 4)], sums);
        Assert.Equal(Threads.Count * each, counters.Sum(0));
    }

    [Fact]
    public void A_difference_holds_only_what_came_since_the_last_one()
    {
        var counters = new StripedCounters(2);
        var taken = new long[2];
        counters.Add(1, 5);
        Assert.Equal([0, 5], counters.TakeDifference(taken));
        counters.Add(1, 2);
        counters.Increment(0);
        Assert.Equal([1, 2], counters.TakeDifference(taken));
        Assert.Equal([0, 0], counters.TakeDifference(taken));
        Assert.Equal(7, counters.Sum(1));
    }
}
