using ActorLoad.Actors.Measurement.Clocks;
using ActorLoad.Messages.Stats;
using CsCheck;

namespace ActorLoad.Actors.Tests.Measurement.Clocks;

public sealed class ClockEstimatorTests
{
    private const long Second = 1_000_000;

    [Fact]
    public void The_true_offset_lies_within_the_error_whatever_way_took_how_long() =>
        Gen.Select(
            Gen.Long[-100 * Second, 100 * Second],
            Gen.Int[0, 2].Select(i => new[] { 1L, 1000L, Second }[i]),
            Gen.Select(Gen.Long[0, 80_000], Gen.Long[0, 80_000], Gen.Long[0, 3 * Second]).Array[1, 12])
        .Sample(
            (offset, granularity, probes) =>
            {
                var now = HandClock.StartUs;
                var estimator = new ClockEstimator();
                foreach (var (there, back, wait) in probes)
                {
                    now += wait;
                    estimator.Add(Ask(ref now, offset, granularity, there, back));
                }

                var estimate = estimator.Estimate();
                var tightest = probes.Min(p => p.Item1 + p.Item2) / 1000.0;
                Assert.InRange(offset / 1000.0, estimate.OffsetMs - estimate.ErrorMs - 0.001, estimate.OffsetMs + estimate.ErrorMs + 0.001);
                Assert.InRange(estimate.ErrorMs, 0, ((tightest + (granularity / 1000.0)) / 2) + 0.001);
                Assert.Equal(tightest, estimate.RoundTripMs, 3);
                Assert.Equal(probes.Length, estimate.Probes);
            });

    [Fact]
    public void Whole_seconds_are_narrowed_down_to_milliseconds_by_asking_when_the_second_changes() =>
        Gen.Select(Gen.Long[-100 * Second, 100 * Second], Gen.Long[0, Second]).Sample((offset, start) =>
        {
            var now = HandClock.StartUs + start;
            var begun = now;
            var estimator = new ClockEstimator();
            for (var i = 0; i < 8; i++)
            {
                now += (long)estimator.NextIn(now).TotalMicroseconds;
                estimator.Add(Ask(ref now, offset, Second, there: 150, back: 150));
            }

            var estimate = estimator.Estimate();
            Assert.InRange(offset / 1000.0, estimate.OffsetMs - estimate.ErrorMs, estimate.OffsetMs + estimate.ErrorMs);
            Assert.InRange(estimate.ErrorMs, 0, 6);
            Assert.InRange(now - begun, 0, 8 * Second);
        });

    [Fact]
    public void A_clock_that_tells_milliseconds_is_asked_without_waiting()
    {
        var now = HandClock.StartUs;
        var estimator = new ClockEstimator();
        Assert.Equal(TimeSpan.Zero, estimator.NextIn(now));
        estimator.Add(Ask(ref now, 0, 1000, 100, 100));
        Assert.Equal(TimeSpan.Zero, estimator.NextIn(now));
    }

    [Fact]
    public void Two_clocks_behind_one_name_make_an_error_that_covers_both()
    {
        var now = HandClock.StartUs;
        var estimator = new ClockEstimator();
        estimator.Add(Ask(ref now, 10 * Second, 1000, 100, 100));
        estimator.Add(Ask(ref now, -10 * Second, 1000, 100, 100));
        var estimate = estimator.Estimate();
        Assert.InRange(estimate.OffsetMs, -1, 1);
        Assert.InRange(estimate.ErrorMs, 10_000, 10_001);
    }

    [Fact]
    public void A_measurement_under_load_does_not_forget_the_better_one_before()
    {
        var joined = ClockEstimator.Join(new ClockEstimate(250, 0.2, 0.4, 8), new ClockEstimate(260, 30, 60, 8), TimeSpan.FromMinutes(1));
        Assert.Equal(250, joined.OffsetMs, 6);
        Assert.Equal(0.2 + 3, joined.ErrorMs, 6);
        Assert.Equal(60, joined.RoundTripMs);
    }

    [Fact]
    public void A_clock_that_was_set_meanwhile_is_believed()
    {
        var now = new ClockEstimate(-400, 1, 2, 8);
        Assert.Equal(now, ClockEstimator.Join(new ClockEstimate(250, 0.2, 0.4, 8), now, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void Without_a_reading_there_is_no_estimate() =>
        Assert.Throws<InvalidOperationException>(() => new ClockEstimator().Estimate());

    private static ClockReading Ask(ref long now, long offset, long granularity, long there, long back)
    {
        var asked = now;
        var told = (now + there + offset) / granularity * granularity;
        now += there + back;
        return new ClockReading(asked, now, told, granularity == 1 ? 0 : granularity);
    }
}
