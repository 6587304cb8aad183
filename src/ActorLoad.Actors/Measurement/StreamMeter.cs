using ActorLoad.Actors.Framing;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Measurement;

/// <summary>
/// Measures one stream for its user, over all its connections. In steady state an event costs no allocation, lock, message
/// or log call: counters and histograms are striped, and expectations are matched on bytes.
/// </summary>
/// <param name="user">The user's number, for samples.</param>
/// <param name="resume">Whether the stream goes on where it was when it connects again.</param>
public sealed class StreamMeter(StreamRecorder recorder, MeasurePlan plan, long user = 0, bool resume = true) : IStreamObserver, IStormStream
{
    private readonly EventMeter? _events = plan.MeasuresEvents ? new EventMeter(plan, recorder, user) : null;
    private CompletionMeter? _completion;
    private ExpectationChain[] _chains = [];
    private long _requestStart;
    private long _readAt;
    private long _lastEventAt;
    private long _lostAt;
    private long _count;
    private long _heartbeats;
    private long _lastHeartbeatAt;
    private bool _firstByte;
    private bool _open;
    private bool _everOpen;
    private int? _cutBy;

    /// <summary>The stream reconnects by itself and is not expected to end: when many such are lost at once, it is a storm.</summary>
    public bool ComesBack { get; init; } = true;

    /// <summary>The client takes what it is sent as it comes: events that arrive bunched were bunched on their way.</summary>
    public bool ReadsFreely
    {
        init
        {
            if (_events is not null)
            {
                _events.ReadsFreely = value;
            }
        }
    }

    long IStormStream.EventsMissed => _events?.Missed ?? 0;

    long IStormStream.EventsReplayed => _events?.Replayed ?? 0;

    /// <summary>Its latest loss while a storm may care; belongs to the storm watch.</summary>
    StormLoss? IStormStream.Loss { get; set; }

    /// <summary>Belongs to the storm watch, too.</summary>
    long IStormStream.OpenedAt { get; set; }

    /// <summary>Events of this stream so far, for listen steps.</summary>
    public long Events => Volatile.Read(ref _count);

    /// <summary>Comments and heartbeat events of this stream so far.</summary>
    public long Heartbeats => Volatile.Read(ref _heartbeats);

    /// <summary>
    /// Events that went missing since the last <see cref="MarkMissed"/>, or since an expectation was met, and have not arrived; 0
    /// when events are not numbered.
    /// </summary>
    public long MissedSinceMark => _events?.Sequence?.MissedSinceMark ?? 0;

    /// <summary>Begins a new count of what goes missing, with the next event. Called by the user alone.</summary>
    public void MarkMissed() => _events?.Sequence?.Mark();

    /// <summary>The stream is finite: its completion is measured. Before its first connection.</summary>
    public void ExpectCompletion() => _completion = new CompletionMeter(recorder);

    /// <summary>Arms or removes chains; takes effect with the next event. Called by the user alone.</summary>
    public void SetChains(ExpectationChain[] chains) => Volatile.Write(ref _chains, chains);

    public void OnConnected(long ticks) => recorder.Record(Timing.ConnectTime, ticks);

    public void OnAttempt()
    {
        recorder.Count(Counter.ConnectsAttempted);
        recorder.Worker.Storms.OnAttempt(this);
    }

    public void OnConnectFailed(FailureReason reason, int status, string message)
    {
        recorder.Count(Counter.ConnectsFailed);
        recorder.Worker.Storms.OnConnectFailed(this);
        recorder.Worker.Failures.Count(FailureWhere.Connect, reason, message);
    }

    public void OnOpened(StreamResponse response, int attempt, string lastEventId)
    {
        recorder.Count(Counter.ConnectsOpened);
        recorder.Worker[Gauge.StreamsOpen].Increment();
        recorder.Worker.Storms.OnOpened(this, response.HeadersAt);
        recorder.Record(Timing.TimeToHeaders, response.HeadersAt - response.RequestStart);
        if (_lostAt != 0)
        {
            recorder.Count(Counter.Reconnects);
        }

        if (!_everOpen)
        {
            _everOpen = true;
            recorder.Count(Counter.StreamsOpened);
        }

        _events?.OnOpened(resume, attempt > 1 && lastEventId.Length > 0, response.RequestStart);
        _completion?.OnOpened(response.RequestStart);
        _requestStart = response.RequestStart;
        _readAt = response.HeadersAt;
        _lastEventAt = 0;
        _lastHeartbeatAt = 0;
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
        var isHeartbeat = Heartbeat.IsHeartbeat(e.Type, e.Data, plan.HeartbeatText);
        if (isHeartbeat)
        {
            OnHeartbeat();
        }

        _events?.OnEvent(e, isHeartbeat, _readAt);
        _completion?.OnEvent(_readAt);
        var met = false;
        foreach (var chain in Volatile.Read(ref _chains))
        {
            met |= chain.OnEvent(e, _count, MissedSinceMark);
        }

        if (met)
        {
            _events?.Sequence?.MarkHere();
        }
    }

    public void OnComment(ReadOnlySpan<byte> text)
    {
        recorder.Count(Counter.Comments);
        OnHeartbeat();
    }

    public void OnRetry(long milliseconds)
    {
    }

    public void OnDone() => _completion?.OnDone(_readAt);

    public void OnCut(int storm) => _cutBy = storm;

    public void OnLost(FailureReason reason, string message, long at)
    {
        if (_open)
        {
            recorder.Worker.Storms.OnLost(this, _cutBy, bySelf: reason == FailureReason.Dropped, at);
            _cutBy = null;
        }

        Leave();
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
            recorder.Record(Timing.StallTime, at - _readAt);
        }
    }

    public void OnClosed()
    {
        if (_open)
        {
            recorder.Worker.Storms.OnClosed(this);
        }

        Leave();
    }

    public void OnAbandoned()
    {
        OnClosed();
        recorder.Count(Counter.StreamsAbandoned);
    }

    public void OnRetired()
    {
        if (_everOpen && _count == 0)
        {
            recorder.Count(Counter.StreamsSilent);
        }

        _events?.Retire();
    }

    private void OnHeartbeat()
    {
        if (_lastHeartbeatAt != 0)
        {
            recorder.Record(Timing.HeartbeatGap, _readAt - _lastHeartbeatAt);
        }

        _lastHeartbeatAt = _readAt;
        Volatile.Write(ref _heartbeats, _heartbeats + 1);
    }

    private void OnFirstEvent()
    {
        recorder.Record(Timing.TimeToFirstEvent, _readAt - _requestStart);
        if (_lostAt != 0)
        {
            recorder.Record(Timing.ReconnectTime, _readAt - _lostAt);
            _lostAt = 0;
        }
    }

    private void Leave()
    {
        if (_open)
        {
            _open = false;
            _events?.OnEnded();
            recorder.Worker[Gauge.StreamsOpen].Decrement();
        }
    }
}
