using System.Text;
using ActorLoad.Actors.Framing;
using ActorLoad.Actors.Measurement;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Tests.Measurement.Delivery;

/// <summary>Latency, replays and what cannot be measured.</summary>
public sealed class DeliveryMeterTests : DeliverySpec
{
    [Fact]
    public void Latency_runs_from_the_sending_time_to_the_read()
    {
        var meter = Open(SentAt);
        foreach (var latency in (double[])[0, 0.25, 12.5, 3_600_000])
        {
            Read(meter, Data(NowMs - latency));
        }

        Take();
        Assert.Equal(4, _totals.Timings[Timing.DeliveryLatency].TotalCount);
        foreach (var us in (long[])[0, 250, 12_500, 3_600_000_000])
        {
            Assert.Equal(1, Count(Timing.DeliveryLatency, us));
        }
    }

    [Fact]
    public void It_is_stamped_when_the_bytes_were_read_however_late_the_event_is_measured()
    {
        var meter = Open(SentAt);
        var sent = NowMs - 20;
        meter.OnRead(10, _time.Stamp);
        _time.Advance(500);
        Event(meter, Data(sent));
        Assert.Equal(1, Count(Timing.DeliveryLatency, 20_000));
    }

    [Fact]
    public void An_event_that_came_in_while_the_read_was_under_way_is_stamped_at_its_end()
    {
        var meter = Open(SentAt);
        meter.OnRead(10, _time.Stamp);
        _time.Advance(8);
        var sent = NowMs;
        _time.Advance(2);
        Event(meter, Data(sent));
        Assert.Equal(1, Count(Timing.DeliveryLatency, 2000));
        Assert.Equal(0, _totals[Counter.ClockErrors]);
    }

    [Theory]
    [InlineData(-150, 250, 2)] // held against the stamp it would be 150
    [InlineData(50, 250, 2)]
    [InlineData(120, 230, 1)] // it cannot have arrived later than now
    [InlineData(-400, 400, 1)] // it was there when the read became possible
    public void What_was_sent_after_the_first_event_of_a_read_is_taken_to_be_as_late(double sent, double latency, int count)
    {
        var meter = Open(SentAt);
        meter.OnRead(10, _time.Stamp);
        var stamp = NowMs;
        Event(meter, Data(stamp - 250));
        _time.Advance(350);
        Event(meter, Data(stamp + sent));
        Assert.Equal(count, Count(Timing.DeliveryLatency, (long)(latency * 1000)));
        Assert.Equal(2, _totals.Timings[Timing.DeliveryLatency].TotalCount);
    }

    [Fact]
    public void The_offset_to_the_targets_clock_is_added()
    {
        _worker.Delivery.Estimate = new ClockEstimate(250, 1, 2, 8);
        var meter = Open(SentAt);
        Read(meter, Data(NowMs + 250 - 7));
        Assert.Equal(1, Count(Timing.DeliveryLatency, 7000));
        Assert.Equal(250, _totals.Clock!.OffsetMs);
    }

    [Fact]
    public void An_event_from_the_future_is_a_clock_error_and_no_latency()
    {
        var meter = Open(SentAt);
        Read(meter, Data(NowMs + 30));
        Read(meter, Data(NowMs + 80.5));
        Read(meter, Data(NowMs + 20));
        Take();
        Assert.Equal(3, _totals[Counter.ClockErrors]);
        Assert.Equal(80_500, _totals.WorstClockErrorUs);
        Assert.False(_totals.Timings.ContainsKey(Timing.DeliveryLatency));

        // The worst of a window, not of all windows.
        Take();
        Assert.Equal(0, _window!.WorstClockErrorUs);
    }

    [Theory]
    [InlineData("""{"a": 1}""", FailureReason.MissingField, "reader/main: sent-at /ts is missing")]
    [InlineData("""{"ts": null}""", FailureReason.WrongType, "reader/main: sent-at /ts is of the wrong type: 'null'")]
    [InlineData("""{"ts": "tomorrow"}""", FailureReason.WrongType, "reader/main: sent-at /ts is of the wrong type: 'tomorrow'")]
    [InlineData("""{"ts": "\ud800"}""", FailureReason.WrongType, "reader/main: sent-at /ts is of the wrong type: '\\ud800'")]
    [InlineData("""{"ts": [1]}""", FailureReason.WrongType, "reader/main: sent-at /ts is of the wrong type: '['")]
    [InlineData("""{"ts": 1772366400}""", FailureReason.OutOfRange, "reader/main: sent-at /ts is out of range: '1772366400'")]
    [InlineData("""{"ts": 9223372036854775808}""", FailureReason.OutOfRange, "reader/main: sent-at /ts is out of range: '9223372036854775808'")]
    [InlineData("""{"ts": -1772366400000}""", FailureReason.OutOfRange, "reader/main: sent-at /ts is out of range: '-1772366400000'")]
    [InlineData("""{"ts": 4102444800000}""", FailureReason.OutOfRange, "reader/main: sent-at /ts is out of range: '4102444800000'")]
    [InlineData("""{"ts": 1000000000000}""", FailureReason.OutOfRange, "reader/main: sent-at /ts is out of range: '1000000000000'")]
    [InlineData("plain text", FailureReason.NotJson, null)]
    [InlineData("""{"ts": """, FailureReason.NotJson, null)]
    public void What_cannot_be_measured_is_counted_with_a_sample_and_breaks_nothing(string data, FailureReason reason, string? sample)
    {
        var meter = Open(SentAt);
        Read(meter, data);
        Read(meter, data);
        Read(meter, Data(NowMs - 1));
        Take();
        Assert.Equal(2, _totals[Counter.MeasureErrors]);
        var failure = Assert.Single(_totals.Failures.Values);
        Assert.Equal((FailureWhere.Measure, reason, 2L), (failure.Where, failure.Reason, failure.Count));
        Assert.Equal(sample ?? failure.Sample, failure.Sample);
        Assert.Equal(1, _totals.Timings[Timing.DeliveryLatency].TotalCount);
    }

    [Theory]
    [InlineData("ping", "")]
    [InlineData("heartbeat", "{}")]
    [InlineData("tick", "still alive")]
    [InlineData("ping", """{"ts": "never"}""")]
    public void A_heartbeat_need_not_tell_when_it_was_sent(string type, string data)
    {
        var meter = Open(SentAt with { Heartbeat = "alive" });
        Read(meter, data, type: type);
        Assert.Equal(0, Take()[Counter.MeasureErrors]);
    }

    [Fact]
    public void A_heartbeat_that_does_is_measured()
    {
        Read(Open(SentAt), Data(NowMs - 4), type: "ping");
        Assert.Equal(1, Count(Timing.DeliveryLatency, 4000));
    }

    [Theory]
    [InlineData(SentAtFormat.UnixMs, "1772323199900", 100_000)]
    [InlineData(SentAtFormat.UnixMs, "\"1772323199900.5\"", 99_500)]
    [InlineData(SentAtFormat.UnixS, "1772323199.25", 750_000)]
    [InlineData(SentAtFormat.UnixNs, "1772323199999000000", 1000)]
    [InlineData(SentAtFormat.Iso8601, "\"2026-03-01T00:59:59.9+01:00\"", 100_000)]
    [InlineData(SentAtFormat.Iso8601, "\"2026-03-01T00:59:59.9\\u002B01:00\"", 100_000)]
    public void Numbers_and_texts_of_every_format_are_read_from_the_data(SentAtFormat format, string value, long us)
    {
        var meter = Open(SentAt with { SentAtFormat = format });
        Read(meter, $$"""{"a": {"ts": 1}, "ts": {{value}}}""");

        // The response came a millisecond after the start.
        Assert.Equal(1, Count(Timing.DeliveryLatency, us + 1000));
    }

    [Fact]
    public void The_id_tells_the_time_when_it_is_the_events_own()
    {
        var meter = Open(new MeasureSettings { SentAt = "id" });
        Read(meter, "x", id: $"{(long)NowMs - 40}-0");
        Read(meter, "x", id: $"{(long)NowMs - 40}-0", ownId: false);
        Read(meter, "x", id: "");
        Assert.Equal(1, Count(Timing.DeliveryLatency, 40_000));
        Assert.Equal(1, _totals.Timings[Timing.DeliveryLatency].TotalCount);
        Assert.Equal(2, _totals.Failures[(FailureWhere.Measure, FailureReason.MissingField)].Count);
    }

    [Fact]
    public void What_was_sent_before_a_resumed_connection_was_asked_for_is_a_replay_and_no_latency()
    {
        var meter = Open(SentAt);
        Read(meter, Data(NowMs - 1));
        meter.OnLost(FailureReason.Reset, "", _time.Stamp);
        var away = NowMs;
        _time.Advance(5000);
        Open(meter, attempt: 2, lastEventId: "1");
        Read(meter, Data(away + 100));
        Read(meter, Data(away + 4990));
        Read(meter, Data(NowMs - 2));
        Take();
        Assert.Equal(2, _totals[Counter.EventsReplayed]);
        Assert.Equal(2, _totals.Timings[Timing.DeliveryLatency].TotalCount);
        Assert.InRange(_totals.Timings[Timing.DeliveryLatency].GetValueAtPercentile(100), 1990, 2010);
        Assert.Equal(0, _totals[Counter.EventsCoalesced]);
    }

    [Theory]
    [InlineData(1, "7")]
    [InlineData(2, "")]
    public void Without_a_resumption_there_are_no_replays(int attempt, string lastEventId)
    {
        var meter = NewMeter(SentAt);
        Open(meter, attempt, lastEventId);
        Read(meter, Data(NowMs - 5000));
        Assert.Equal(1, Count(Timing.DeliveryLatency, 5_000_000));
        Assert.Equal(0, _totals[Counter.EventsReplayed]);
    }

    [Fact]
    public void A_time_in_whole_seconds_is_a_replay_only_when_all_of_its_second_was_before()
    {
        var meter = NewMeter(SentAt with { SentAtFormat = SentAtFormat.UnixS });
        _time.Advance(700);
        Open(meter, attempt: 2, lastEventId: "1");
        _time.Advance(100);
        var second = HandClock.StartUs / 1_000_000;
        Read(meter, $$"""{"ts": {{second}}}""");
        Read(meter, $$"""{"ts": {{second - 1}}}""");
        Take();
        Assert.Equal(1, _totals[Counter.EventsReplayed]);
        Assert.Equal(1, Count(Timing.DeliveryLatency, 801_000));
    }
}
