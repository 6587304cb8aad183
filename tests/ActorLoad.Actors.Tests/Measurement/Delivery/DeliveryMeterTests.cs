using System.Text;
using ActorLoad.Actors.Framing;
using ActorLoad.Actors.Measurement;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Tests.Measurement.Delivery;

/// <summary>Latency, replays, bursts and spreads of streams whose clock a test moves by hand.</summary>
public sealed class DeliveryMeterTests
{
    private static readonly MeasureSettings SentAt = new() { SentAt = "/ts" };

    private readonly HandClock _time = new();
    private readonly WorkerRecorder _worker;
    private readonly StatsTotals _totals = new();
    private StatsWindow? _window;

    public DeliveryMeterTests() =>
        _worker = new WorkerRecorder([new UserType { Name = "reader", Tasks = [new TaskDefinition("read", 1, [])] }], _time);

    private double NowMs => _time.NowUs / 1000.0;

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

    private static string Data(double unixMs) => FormattableString.Invariant($$"""{"ts": {{unixMs:F3}}}""");

    private StreamMeter NewMeter(MeasureSettings settings) => new(_worker.UserTypes[0].Stream("main"), new MeasurePlan(settings));

    private StreamMeter Open(MeasureSettings settings)
    {
        var meter = NewMeter(settings);
        Open(meter, 1, "");
        return meter;
    }

    private void Open(StreamMeter meter, int attempt, string lastEventId)
    {
        var requested = _time.Stamp;
        _time.Advance(1);
        meter.OnOpened(new StreamResponse(Stream.Null, "http://t/", requested, _time.Stamp, false), attempt, lastEventId);
    }

    private void Read(StreamMeter meter, string data, string type = "", string id = "", bool ownId = true)
    {
        meter.OnRead(10, _time.Stamp);
        Event(meter, data, type, id, ownId);
        _time.Advance(1);
    }

    private static void Event(StreamMeter meter, string data, string type = "", string id = "", bool ownId = true) => meter.OnEvent(
        new SseEvent(Encoding.UTF8.GetBytes(type), Encoding.UTF8.GetBytes(data), Encoding.UTF8.GetBytes(id), ownId));

    private void Batch(StreamMeter meter, int events)
    {
        meter.OnRead(100, _time.Stamp);
        for (var i = events; i >= 1; i--)
        {
            Event(meter, Data(NowMs - (i * 20)));
        }
    }

    private StatsTotals Take()
    {
        _window = _worker.TakeWindow(new RunId("run"), new WorkerId("w"), 0, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1));
        _totals.Add(_window);
        return _totals;
    }

    private long Count(Timing timing, long us)
    {
        Take();
        return _totals.Timings.TryGetValue(timing, out var histogram) ? histogram.GetCountAtValue(us) : 0;
    }
}
