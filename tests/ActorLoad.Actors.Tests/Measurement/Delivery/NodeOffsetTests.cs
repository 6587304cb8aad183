using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Tests.Measurement.Delivery;

/// <summary>A worker whose clock is behind the coordinator's.</summary>
public sealed class NodeOffsetTests : DeliverySpec
{
    private const long OffsetUs = 400_000;

    private static readonly MeasureSettings Both = new() { SentAt = "/ts", Sequence = "/seq" };

    [Fact]
    public void Latencies_are_on_the_coordinators_clock()
    {
        _worker.Delivery.NodeOffsetUs = OffsetUs;
        Read(Open(SentAt), Data(NowMs + 400 - 7));
        Assert.Equal(1, Count(Timing.DeliveryLatency, 7000));
        Assert.Null(_totals.Clock);
    }

    [Fact]
    public void Where_the_targets_clock_is_known_latencies_are_on_that_whichever_was_measured_first()
    {
        _worker.Delivery.NodeOffsetUs = OffsetUs;
        _worker.Delivery.Estimate = new ClockEstimate(250, 1, 2, 8);
        var meter = Open(SentAt);
        Read(meter, Data(NowMs + 250 - 7));
        _worker.Delivery.NodeOffsetUs = -OffsetUs;
        Read(meter, Data(NowMs + 250 - 7));
        Assert.Equal(2, Count(Timing.DeliveryLatency, 7000));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_saw_an_event_when_is_told_in_the_coordinators_time_so_that_workers_can_be_held_together(bool target)
    {
        _worker.Delivery.NodeOffsetUs = OffsetUs;
        if (target)
        {
            _worker.Delivery.Estimate = new ClockEstimate(-3000, 1, 2, 8);
        }

        var arrived = _time.NowUs;
        var sentAt = (arrived / 1000.0) + (target ? -3000 : 400) - 20;
        var meter = NewMeter(Both);
        Open(meter, 1, "");
        arrived = _time.NowUs;
        Read(meter, FormattableString.Invariant($$"""{"ts": {{sentAt:F3}}, "seq": 1}"""));
        _time.Advance(5000);
        Take();
        var span = Assert.Single(_window!.Fanout);
        Assert.Equal((arrived + OffsetUs, arrived + OffsetUs, 1), (span.FirstUnixUs, span.LastUnixUs, span.Receivers));
    }

    [Fact]
    public void A_storm_began_in_the_coordinators_time()
    {
        _worker.Delivery.NodeOffsetUs = OffsetUs;
        var meter = Open(SentAt);
        var before = _time.NowUs / 1000;
        _worker.Storms.Begin(0);
        Take();
        Assert.Equal(before + 400, Assert.Single(_window!.Storms).StartUnixMs);
        Assert.NotNull(meter);
    }
}
