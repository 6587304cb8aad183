using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Measurement;

/// <summary>Times one finite stream from its first request to its done marker, over all its connections.</summary>
internal sealed class CompletionMeter(StreamRecorder recorder)
{
    private long _requestStart;
    private long _firstEventAt;
    private long _events;

    /// <param name="requestStart">In timestamp ticks, as all times here.</param>
    public void OnOpened(long requestStart)
    {
        if (_requestStart == 0)
        {
            _requestStart = requestStart;
        }
    }

    public void OnEvent(long readAt)
    {
        if (_events++ == 0)
        {
            _firstEventAt = readAt;
        }
    }

    /// <summary>The last event was the marker.</summary>
    public void OnDone(long readAt)
    {
        recorder.Count(Counter.StreamsCompleted);
        recorder.Record(Timing.TimeToDone, readAt - _requestStart);

        // Between the first event and the marker: of n events with the marker, n - 2.
        var between = _events - 2;
        if (between > 0)
        {
            recorder.Record(Timing.TimePerEvent, (readAt - _firstEventAt) / between);
        }
    }
}
