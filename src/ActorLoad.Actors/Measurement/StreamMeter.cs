using ActorLoad.Actors.Framing;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Measurement;

/// <summary>
/// Measures one stream for its user, over all its connections. In steady state an event costs no allocation, lock, message
/// or log call: counters and histograms are striped, and expectations are matched on bytes.
/// </summary>
public sealed class StreamMeter(StreamRecorder recorder, MeasurePlan plan) : IStreamObserver
{
    private readonly EventMeter? _events = plan.MeasuresEvents ? new EventMeter(plan, recorder) : null;
    private ExpectationChain[] _chains = [];
    private long _requestStart;
    private long _readAt;
    private long _lastEventAt;
    private long _lostAt;
    private long _count;
    private long _heartbeats;
    private bool _firstByte;
    private bool _open;

    /// <summary>Events of this stream so far, for listen steps.</summary>
    public long Events => Volatile.Read(ref _count);

    /// <summary>Comments and heartbeat events of this stream so far.</summary>
    public long Heartbeats => Volatile.Read(ref _heartbeats);

    /// <summary>Arms or removes chains; takes effect with the next event. Called by the user alone.</summary>
    public void SetChains(ExpectationChain[] chains) => Volatile.Write(ref _chains, chains);

    public void OnConnected(long ticks) => recorder.Record(Timing.ConnectTime, ticks);

    public void OnAttempt() => recorder.Count(Counter.ConnectsAttempted);

    public void OnConnectFailed(FailureReason reason, int status, string message)
    {
        recorder.Count(Counter.ConnectsFailed);
        recorder.Worker.Failures.Count(FailureWhere.Connect, reason, message);
    }

    public void OnOpened(StreamResponse response, int attempt, string lastEventId)
    {
        recorder.Count(Counter.ConnectsOpened);
        recorder.Worker[Gauge.StreamsOpen].Increment();
        recorder.Record(Timing.TimeToHeaders, response.HeadersAt - response.RequestStart);
        if (_lostAt != 0)
        {
            recorder.Count(Counter.Reconnects);
        }

        _events?.OnOpened(resumed: attempt > 1 && lastEventId.Length > 0);
        _requestStart = response.RequestStart;
        _lastEventAt = 0;
        _firstByte = false;
        _open = true;
    }

    public void OnRead(int count, long readAt)
    {
        _readAt = readAt;
        recorder.Worker.ReadBacklog.Raise(TimeProvider.System.GetTimestamp() - readAt);
        recorder.Count(Counter.Bytes, count);
        if (!_firstByte)
        {
            _firstByte = true;
            recorder.Record(Timing.TimeToFirstByte, readAt - _requestStart);
        }
    }

    public void OnEvent(in SseEvent e)
    {
        recorder.Count(Counter.Events);
        recorder.Worker.Events.Count(e.Type);
        if (_lastEventAt != 0)
        {
            recorder.Record(Timing.EventGap, _readAt - _lastEventAt);
        }
        else
        {
            OnFirstEvent();
        }

        _lastEventAt = _readAt;
        Volatile.Write(ref _count, _count + 1);
        if (Heartbeat.IsHeartbeat(e.Type, e.Data, plan.HeartbeatText))
        {
            Volatile.Write(ref _heartbeats, _heartbeats + 1);
        }

        _events?.OnEvent(e, _readAt);
        foreach (var chain in Volatile.Read(ref _chains))
        {
            chain.OnEvent(e, _count);
        }
    }

    public void OnComment(ReadOnlySpan<byte> text)
    {
        recorder.Count(Counter.Comments);
        Volatile.Write(ref _heartbeats, _heartbeats + 1);
    }

    public void OnRetry(long milliseconds)
    {
    }

    public void OnLost(FailureReason reason, string message, long at)
    {
        Close();
        if (_lostAt == 0)
        {
            // A connection that broke again before its first event brought nothing back: the outage began earlier.
            _lostAt = at;
        }

        recorder.Count(Counter.Disconnects);
        recorder.Worker.Failures.Count(FailureWhere.Disconnect, reason, message);
        if (reason == FailureReason.Stalled)
        {
            recorder.Count(Counter.StreamsStalled);
        }
    }

    public void OnClosed() => Close();

    private void OnFirstEvent()
    {
        recorder.Record(Timing.TimeToFirstEvent, _readAt - _requestStart);
        if (_lostAt != 0)
        {
            recorder.Record(Timing.ReconnectTime, _readAt - _lostAt);
            _lostAt = 0;
        }
    }

    private void Close()
    {
        if (_open)
        {
            _open = false;
            recorder.Worker[Gauge.StreamsOpen].Decrement();
        }
    }
}
