using ActorLoad.Actors.Measurement;

namespace ActorLoad.Actors.Tests.Measurement;

public sealed class PeakGaugeTests
{
    [Fact]
    public void It_keeps_the_highest_since_it_was_read()
    {
        var peak = new PeakGauge();
        Assert.Equal(0, peak.Take());
        foreach (var value in (long[])[3, 9, 4, -1])
        {
            peak.Raise(value);
        }

        Assert.Equal(9, peak.Take());
        peak.Raise(2);
        Assert.Equal(2, peak.Take());
    }

    [Fact]
    public void No_thread_takes_back_what_another_has_seen()
    {
        var peak = new PeakGauge();
        var highest = 0L;
        Threads.Run(
            thread =>
            {
                for (var i = 0; i < 10_000; i++)
                {
                    peak.Raise((i * Threads.Count) + thread);
                }
            },
            () => highest = Math.Max(highest, peak.Take()));
        Assert.Equal((10_000 * Threads.Count) - 1, highest);
    }
}
