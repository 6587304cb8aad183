using System.Text;
using ActorLoad.Actors.Framing;
using ActorLoad.Actors.Measurement;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Tests.Measurement.Delivery;

/// <summary>Events that come bunched, and events that many receive.</summary>
public sealed class BurstAndSpreadTests : DeliverySpec
{
    [Fact]
    public void Events_sent_apart_that_arrive_together_are_coalesced()
    {
        var meter = Open(SentAt);
        for (var batch = 0; batch < 3; batch++)
        {
            _time.Advance(500);
            meter.OnRead(100, _time.Stamp);
            for (var i = 5; i >= 1; i--)
            {
                Event(meter, Data(NowMs - (i * 100)));
            }
        }

        // Five in each batch: the first of the first has none before it, the firsts of the others arrived apart.
        Assert.Equal(12, Take()[Counter.EventsCoalesced]);
        Assert.Equal(0, _totals[Counter.StreamsBuffered]);
        meter.OnRetired();
        Assert.Equal(1, Take()[Counter.StreamsBuffered]);
    }

    [Theory]
    [InlineData(5, 5.1, 1)]
    [InlineData(5.1, 5.1, 0)] // arrived apart
    [InlineData(0, 5, 0)] // sent together
    [InlineData(5, -5.1, 1)] // the other way round
    public void The_bounds_are_five_milliseconds(double arrived, double sent, int coalesced)
    {
        var meter = Open(SentAt);
        var first = NowMs - 50;
        Read(meter, Data(first));
        _time.Advance(arrived - 1);
        Read(meter, Data(first + sent));
        Assert.Equal(coalesced, Take()[Counter.EventsCoalesced]);
    }

    [Fact]
    public void What_lay_ready_because_the_generator_was_late_is_not_judged()
    {
        var meter = Open(SentAt);
        meter.OnRead(100, _time.Stamp);
        var at = NowMs;
        _time.Advance(30);
        for (var i = 20; i >= 1; i--)
        {
            Event(meter, Data(at - (i * 10)));
        }

        meter.OnRetired();
        Take();
        Assert.Equal(0, _totals[Counter.EventsCoalesced]);
        Assert.Equal(0, _totals[Counter.StreamsBuffered]);
    }

    [Fact]
    public void A_client_that_reads_slowly_on_purpose_makes_bursts_of_its_own()
    {
        var meter = new StreamMeter(_worker.UserTypes[0].Stream("main"), new MeasurePlan(SentAt)) { ReadsFreely = false };
        Open(meter, 1, "");
        Batch(meter, 20);
        meter.OnRetired();
        Assert.Equal((0, 0), (Take()[Counter.EventsCoalesced], _totals[Counter.StreamsBuffered]));
        Assert.Equal(20, _totals.Timings[Timing.DeliveryLatency].TotalCount);
    }

    [Theory]
    [InlineData(10, 9, 0)] // 9 judged: too few
    [InlineData(11, 10, 1)]
    public void A_stream_looks_buffered_from_ten_judged_events_on(int events, int coalesced, int buffered)
    {
        var meter = Open(SentAt);
        Batch(meter, events);
        meter.OnRetired();
        Assert.Equal((coalesced, buffered), (Take()[Counter.EventsCoalesced], _totals[Counter.StreamsBuffered]));
    }

    [Fact]
    public void A_stream_half_of_whose_events_arrive_together_does_not_look_buffered()
    {
        var meter = Open(SentAt);
        Batch(meter, 11);
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(100);
            Read(meter, Data(NowMs - 1));
        }

        meter.OnRetired();
        Assert.Equal((10, 0), (Take()[Counter.EventsCoalesced], _totals[Counter.StreamsBuffered]));
    }

    [Fact]
    public void Times_in_whole_seconds_are_apart_only_when_they_must_be()
    {
        var meter = Open(SentAt with { SentAtFormat = SentAtFormat.UnixS });
        var second = HandClock.StartUs / 1_000_000;
        meter.OnRead(10, _time.Stamp);
        foreach (var sent in (long[])[second - 4, second - 3, second - 1])
        {
            Event(meter, $$"""{"ts": {{sent}}}""");
        }

        Assert.Equal(1, Take()[Counter.EventsCoalesced]);
    }

    [Fact]
    public void A_spread_joins_the_streams_that_received_the_same_event()
    {
        var settings = new MeasureSettings { Sequence = "/n", SentAt = "/ts" };
        var meters = Enumerable.Range(0, 5).Select(_ => Open(settings)).ToList();
        var sent = NowMs;
        foreach (var meter in meters)
        {
            _time.Advance(3);
            Read(meter, $$"""{"n": 1, "ts": {{sent}}}""");
        }

        // The same number of another time is another event, and heartbeats are none.
        Read(Open(settings), $$"""{"n": 1, "ts": {{sent + 5}}}""");
        Read(meters[0], $$"""{"n": 2, "ts": {{sent}}}""", type: "ping");
        _time.Advance(2500);
        Take();
        var spans = _window!.Fanout.OrderBy(s => s.Receivers).ToList();
        Assert.Equal([1, 5], spans.Select(s => s.Receivers));
        Assert.Equal(16_000, spans[1].LastUnixUs - spans[1].FirstUnixUs);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("-5")]
    public void An_event_whose_number_is_none_cannot_be_told_from_others_and_is_left_out(string number)
    {
        var settings = new MeasureSettings { Sequence = "/n" };
        Read(Open(settings), $$"""{"n": {{number}}}""");
        Read(Open(settings), $$"""{"n": {{number}}}""");
        _time.Advance(2500);
        Take();
        Assert.Empty(_window!.Fanout);
    }

    [Fact]
    public void What_a_stream_gets_twice_makes_it_no_second_receiver()
    {
        var meter = Open(new MeasureSettings { Sequence = "/n" });
        Read(meter, """{"n": 1}""");
        _time.Advance(1000);
        Read(meter, """{"n": 1}""");
        _time.Advance(2500);
        Take();
        Assert.Equal(1, Assert.Single(_window!.Fanout).Receivers);
    }

    [Theory]
    [InlineData("id", "", true, 1)]
    [InlineData("", "/ts", true, 1)]
    [InlineData("", "/ts", false, 0)]
    public void The_id_identifies_an_event_that_has_one(string sequence, string sentAt, bool ownId, int spans)
    {
        var settings = new MeasureSettings { Sequence = sequence, SentAt = sentAt };
        var data = Data(NowMs);
        Read(Open(settings), data, id: "8", ownId: ownId);
        Read(Open(settings), data, id: "8", ownId: ownId);
        _time.Advance(2500);
        Take();
        Assert.Equal(spans, _window!.Fanout.Length);
        Assert.All(_window.Fanout, s => Assert.Equal(2, s.Receivers));
    }
}
