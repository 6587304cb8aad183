using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Stats;
using CsCheck;

namespace ActorLoad.Actors.Tests.Measurement;

public sealed class StreamMeterTests
{
    private readonly Measured _measured = new(heartbeat: "alive");

    [Fact]
    public void Times_to_headers_first_byte_and_first_event_run_from_the_request()
    {
        _measured.Open(requestAt: 0, headersAt: 3);
        _measured.Read(5);
        _measured.Meter.OnComment("hello"u8);
        _measured.Read(8);
        _measured.Event();
        _measured.Read(9);
        _measured.Event();
        _measured.Take();

        AssertOnly(Timing.TimeToHeaders, 3);
        AssertOnly(Timing.TimeToFirstByte, 5);
        AssertOnly(Timing.TimeToFirstEvent, 8);
    }

    [Fact]
    public void A_comment_is_no_event()
    {
        _measured.Open(0, 1);
        _measured.Read(2);
        _measured.Meter.OnComment("a"u8);
        _measured.Meter.OnComment("b"u8);
        _measured.Take();

        Assert.Equal(2, _measured.Totals[Counter.Comments]);
        Assert.Equal(0, _measured.Totals[Counter.Events]);
        Assert.Equal(0, _measured.Count(Timing.TimeToFirstEvent));
        Assert.Equal(0, _measured.Meter.Events);
        Assert.Equal(2, _measured.Meter.Heartbeats);
    }

    [Fact]
    public void A_gap_lies_between_two_events_of_the_same_connection()
    {
        _measured.Open(0, 1);
        foreach (var at in (int[])[2, 6, 7])
        {
            _measured.Read(at);
            _measured.Event();
        }

        _measured.Event();
        Lose(at: 10);
        _measured.Open(20, 21);
        _measured.Read(30);
        _measured.Event();
        _measured.Take();

        Assert.Equal(3, _measured.Count(Timing.EventGap));
        Assert.Equal(1, _measured.CountAt(Timing.EventGap, 4));
        Assert.Equal(1, _measured.CountAt(Timing.EventGap, 1));
        Assert.Equal(1, _measured.CountAt(Timing.EventGap, 0));
    }

    [Fact]
    public void Reconnect_time_runs_from_the_loss_to_the_first_event_of_the_next_connection()
    {
        _measured.Open(0, 1);
        _measured.Read(2);
        _measured.Event();
        Lose(at: 10);
        _measured.Meter.OnAttempt();
        _measured.Meter.OnConnectFailed(FailureReason.Connect, 0, "refused");
        _measured.Meter.OnAttempt();
        _measured.Open(40, 42, attempt: 3);
        _measured.Read(45);
        _measured.Meter.OnComment("not yet"u8);
        _measured.Take();
        Assert.Equal(0, _measured.Count(Timing.ReconnectTime));

        _measured.Read(60);
        _measured.Event();
        _measured.Read(70);
        _measured.Event();
        _measured.Take();
        AssertOnly(Timing.ReconnectTime, 50);
        Assert.Equal(1, _measured.CountAt(Timing.TimeToFirstEvent, 20));
    }

    [Fact]
    public void A_reconnect_counts_when_the_next_connection_opens()
    {
        _measured.Open(0, 1);
        Assert.Equal(0, _measured.Take().Totals[Counter.Reconnects]);
        Lose(at: 2);
        Assert.Equal(0, _measured.Take().Totals[Counter.Reconnects]);
        _measured.Open(3, 4, attempt: 2);
        Assert.Equal(1, _measured.Take().Totals[Counter.Reconnects]);

        // A connection without an event is a connection all the same.
        Lose(at: 5);
        _measured.Open(6, 7, attempt: 3);
        Assert.Equal(2, _measured.Take().Totals[Counter.Reconnects]);
        Assert.Equal(3, _measured.Totals[Counter.ConnectsOpened]);
    }

    [Fact]
    public void An_attempt_that_failed_before_anything_was_open_is_no_reconnect()
    {
        _measured.Meter.OnAttempt();
        _measured.Meter.OnConnectFailed(FailureReason.Status, 503, "the server answered 503");
        _measured.Meter.OnAttempt();
        _measured.Open(0, 1, attempt: 2);
        _measured.Take();

        Assert.Equal(2, _measured.Totals[Counter.ConnectsAttempted]);
        Assert.Equal(1, _measured.Totals[Counter.ConnectsFailed]);
        Assert.Equal(0, _measured.Totals[Counter.Reconnects]);
        Assert.Equal(0, _measured.Totals[Counter.Disconnects]);
        Assert.Equal(
            new FailureCount(FailureWhere.Connect, FailureReason.Status, 1, "the server answered 503"),
            Assert.Single(_measured.Totals.Failures.Values));
    }

    [Fact]
    public void Losses_are_disconnects_with_their_reason_and_a_stall_is_counted_besides()
    {
        foreach (var reason in (FailureReason[])[FailureReason.Eof, FailureReason.Stalled, FailureReason.Eof])
        {
            _measured.Open(0, 1);
            Lose(at: 2, reason);
        }

        _measured.Open(3, 4);
        _measured.Meter.OnClosed();
        _measured.Take();

        Assert.Equal(3, _measured.Totals[Counter.Disconnects]);
        Assert.Equal(1, _measured.Totals[Counter.StreamsStalled]);
        Assert.Equal(2, _measured.Totals.Failures[(FailureWhere.Disconnect, FailureReason.Eof)].Count);
        Assert.Equal(1, _measured.Totals.Failures[(FailureWhere.Disconnect, FailureReason.Stalled)].Count);
    }

    [Theory]
    [InlineData("heartbeat", "", 1)]
    [InlineData("PING", "", 1)]
    [InlineData("KeepAlive", "", 1)]
    [InlineData("tick", "still alive", 1)]
    [InlineData("tick", "ping", 0)]
    [InlineData("", "x", 0)]
    public void Heartbeat_events_are_events_too(string type, string data, int heartbeats)
    {
        _measured.Open(0, 1);
        _measured.Read(2);
        _measured.Event(type, data);
        Assert.Equal(1, _measured.Meter.Events);
        Assert.Equal(heartbeats, _measured.Meter.Heartbeats);
        Assert.Equal(1, _measured.Take().Totals.Events[type.Length == 0 ? "message" : type]);
    }

    [Fact]
    public void A_heartbeat_gap_lies_between_two_heartbeats_of_the_same_connection()
    {
        _measured.Open(0, 1);
        _measured.Read(2);
        _measured.Meter.OnComment("a"u8);
        _measured.Read(7);
        _measured.Event("tick");
        _measured.Event("ping");
        _measured.Read(10);
        _measured.Meter.OnComment("b"u8);
        Lose(at: 12);
        _measured.Open(20, 21);
        _measured.Read(30);
        _measured.Meter.OnComment("c"u8);
        _measured.Take();

        Assert.Equal(2, _measured.Count(Timing.HeartbeatGap));
        Assert.Equal(1, _measured.CountAt(Timing.HeartbeatGap, 5));
        Assert.Equal(1, _measured.CountAt(Timing.HeartbeatGap, 3));
    }

    [Fact]
    public void A_stall_is_timed_from_the_last_byte_or_from_the_opening()
    {
        _measured.Open(0, 1);
        _measured.Read(5);
        Lose(at: 50, FailureReason.Stalled);
        _measured.Open(60, 61);
        Lose(at: 81, FailureReason.Stalled);
        _measured.Open(90, 91);
        Lose(at: 99, FailureReason.Reset);
        _measured.Take();

        Assert.Equal(2, _measured.Count(Timing.StallTime));
        Assert.Equal(1, _measured.CountAt(Timing.StallTime, 45));
        Assert.Equal(1, _measured.CountAt(Timing.StallTime, 20));
    }

    [Fact]
    public void A_stream_counts_once_and_is_silent_when_it_ends_without_an_event()
    {
        _measured.Open(0, 1);
        _measured.Read(2);
        _measured.Meter.OnComment("no event"u8);
        Lose(at: 3);
        _measured.Open(4, 5, attempt: 2);
        Assert.Equal((1, 0), (_measured.Take().Totals[Counter.StreamsOpened], _measured.Totals[Counter.StreamsSilent]));
        _measured.Meter.OnRetired();
        Assert.Equal((1, 1), (_measured.Take().Totals[Counter.StreamsOpened], _measured.Totals[Counter.StreamsSilent]));
    }

    [Fact]
    public void A_stream_that_delivered_once_is_not_silent_nor_is_one_that_never_opened()
    {
        _measured.Open(0, 1);
        _measured.Read(2);
        _measured.Event();
        Lose(at: 3);
        _measured.Open(4, 5, attempt: 2);
        _measured.Meter.OnRetired();
        var never = new Measured();
        never.Meter.OnAttempt();
        never.Meter.OnRetired();
        Assert.Equal(0, _measured.Take().Totals[Counter.StreamsSilent]);
        Assert.Equal(0, never.Take().Totals[Counter.StreamsSilent]);
    }

    [Fact]
    public void Bytes_add_up_and_connect_time_is_recorded()
    {
        _measured.Meter.OnConnected(Measured.At(7) - Measured.At(0));
        _measured.Open(0, 1);
        _measured.Read(2, count: 100);
        _measured.Read(3, count: 23);
        _measured.Take();
        Assert.Equal(123, _measured.Totals[Counter.Bytes]);
        AssertOnly(Timing.ConnectTime, 7);
    }

    [Fact]
    public void Streams_open_is_balanced_over_opened_lost_and_closed_in_any_order() =>
        Gen.Int[0, 2].List[1, 40].Sample(
            calls =>
            {
                var measured = new Measured();
                var open = false;
                foreach (var call in calls)
                {
                    // Only the opening of what is open already cannot happen; an end may be told twice, or of nothing.
                    if (call == 0 && !open)
                    {
                        measured.Open(0, 1);
                        open = true;
                    }
                    else if (call == 1)
                    {
                        measured.Meter.OnLost(FailureReason.Eof, "", Measured.At(2));
                        open = false;
                    }
                    else if (call == 2)
                    {
                        measured.Meter.OnClosed();
                        open = false;
                    }

                    Assert.Equal(open ? 1 : 0, measured.StreamsOpen);
                }
            },
            iter: 300);

    private void Lose(double at, FailureReason reason = FailureReason.Eof) =>
        _measured.Meter.OnLost(reason, "gone", Measured.At(at));

    private void AssertOnly(Timing timing, double milliseconds)
    {
        Assert.Equal(1, _measured.Count(timing));
        Assert.Equal(1, _measured.CountAt(timing, milliseconds));
    }
}
