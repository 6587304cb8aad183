using System.Text;
using ActorLoad.Actors.Framing;
using ActorLoad.Actors.Measurement;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Tests.Measurement;

/// <summary>What a done marker looks like, and what is measured up to it.</summary>
public sealed class FiniteStreamTests
{
    private readonly Measured _measured = new();

    [Theory]
    [InlineData("[DONE]", null, "", "[DONE]", true)]
    [InlineData("[DONE]", null, "other", "[DONE]", true)]
    [InlineData("[DONE]", null, "", "[DONE] ", false)]
    [InlineData("[DONE]", null, "", "x[DONE]", false)]
    [InlineData(null, "done", "done", "{}", true)]
    [InlineData(null, "done", "Done", "{}", false)]
    [InlineData(null, "message", "", "{}", true)]
    [InlineData("x", "done", "done", "x", true)]
    [InlineData("x", "done", "done", "y", false)]
    [InlineData("x", "done", "", "x", false)]
    [InlineData("", null, "", "", true)]
    public void A_marker_is_the_whole_data_and_the_event_name(string? data, string? name, string type, string text, bool matches) => Assert.Equal(
        matches,
        new DoneMatch(new DoneMarker(data, name)).Matches(new SseEvent(Encoding.UTF8.GetBytes(type), Encoding.UTF8.GetBytes(text), [])));

    [Fact]
    public void Time_to_done_runs_from_the_request_and_time_per_event_between_first_event_and_marker()
    {
        _measured.Meter.ExpectCompletion();
        _measured.Open(requestAt: 0, headersAt: 10);
        Events(100, 120, 140, 160);
        Done(at: 164);

        Assert.Equal(1, _measured.Totals[Counter.StreamsCompleted]);
        Assert.Equal(1, _measured.CountAt(Timing.TimeToDone, 164));

        // 64 ms for the three events between the first and the marker.
        Assert.Equal(1, _measured.CountAt(Timing.TimePerEvent, 64.0 / 3));
        Assert.Equal((1, 1), (_measured.Count(Timing.TimeToDone), _measured.Count(Timing.TimePerEvent)));
        Assert.Equal(5, _measured.Totals[Counter.Events]);
        Assert.Equal(0, _measured.Totals[Counter.Disconnects]);
        Assert.Equal(0, _measured.StreamsOpen);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void With_nothing_between_there_is_no_time_per_event(int events)
    {
        _measured.Meter.ExpectCompletion();
        _measured.Open(0, 1);
        Events([.. Enumerable.Repeat(10.0, events)]);
        Done(at: 20);

        Assert.Equal((1, 0), (_measured.Count(Timing.TimeToDone), _measured.Count(Timing.TimePerEvent)));
    }

    [Fact]
    public void A_stream_that_came_back_is_timed_from_its_first_request()
    {
        _measured.Meter.ExpectCompletion();
        _measured.Open(0, 1);
        Events(10, 20);
        _measured.Meter.OnLost(FailureReason.Reset, "gone", Measured.At(30));
        _measured.Open(100, 101, attempt: 2);
        Events(110);
        Done(at: 130);

        Assert.Equal(1, _measured.CountAt(Timing.TimeToDone, 130));
        Assert.Equal(1, _measured.CountAt(Timing.TimePerEvent, 60));
    }

    [Fact]
    public void A_stream_without_an_end_of_its_own_measures_none_of_it()
    {
        _measured.Open(0, 1);
        Events(10, 20, 30);
        _measured.Meter.OnClosed();
        _measured.Take();

        Assert.Equal(0, _measured.Totals[Counter.StreamsCompleted] + _measured.Count(Timing.TimeToDone) + _measured.Count(Timing.TimePerEvent));
    }

    private void Events(params double[] at)
    {
        foreach (var time in at)
        {
            _measured.Read(time);
            _measured.Event();
        }
    }

    private void Done(double at)
    {
        _measured.Read(at);
        _measured.Event(data: "[DONE]");
        _measured.Meter.OnDone();
        _measured.Meter.OnClosed();
        _measured.Take();
    }
}
