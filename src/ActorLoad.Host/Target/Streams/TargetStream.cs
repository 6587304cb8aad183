using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using ActorLoad.Host.Target.Channels;
using ActorLoad.Host.Target.Faults;
using ActorLoad.Host.Target.Stats;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace ActorLoad.Host.Target.Streams;

/// <summary>
/// One open response. It has no queue and no task of its own: whoever has news signals it, and the first signaller
/// writes whatever the ring holds beyond its cursor, until a flush has to wait for the client; signals meanwhile are only
/// remembered, and the flush's continuation carries on. So a slow client costs one batch of memory, never more.
/// </summary>
internal sealed class TargetStream
{
    private static readonly byte[] Heartbeat = ": heartbeat\n\n"u8.ToArray();

    private const int Http2InternalError = 0x2;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    private readonly EventRing _ring;
    private readonly StreamSettings _settings;
    private readonly StreamExtras? _extras;
    private readonly EventCursor _cursor;
    private readonly TargetCounters _counters;
    private readonly IFeatureCollection _features;
    private readonly PipeWriter _writer;
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _aborted;
    private Action? _onFlushed;
    private ValueTask<FlushResult> _flush;
    private StreamBatch _batch;
    private long _nextBeat;
    private int _signals;
    private int _end;
    private bool _opened;
    private bool _silent;
    private bool _gone;
    private volatile bool _beatDue;

    /// <param name="features">Of the request; status and headers are set, nothing is written yet.</param>
    public TargetStream(EventRing ring, StreamSettings settings, TargetCounters counters, IFeatureCollection features)
    {
        _ring = ring;
        _settings = settings;
        _extras = settings.Extras;
        _cursor = new EventCursor(ring, settings, counters);
        _counters = counters;
        _features = features;
        _writer = features.GetRequiredFeature<IHttpResponseBodyFeature>().Writer;
        _nextBeat = Environment.TickCount64 + _settings.HeartbeatMs;
    }

    /// <summary>Done when the stream has ended and nothing is being written.</summary>
    public Task Completion => _completed.Task;

    /// <summary>Why it ended; <see cref="StreamEnd.None"/> while it is open.</summary>
    public StreamEnd Reason => (StreamEnd)Volatile.Read(ref _end);

    /// <summary>Belongs to the <see cref="StreamSet"/>.</summary>
    public int PlaceInSet { get; set; }

    /// <summary>Whether there are events that this stream has yet to write.</summary>
    public bool IsPending => !_silent && !_gone && (Volatile.Read(ref _signals) != 0 || _cursor.IsBehindNewest);

    /// <summary>Joins the ring and sends the response head. Every event published after this call is delivered.</summary>
    public void Start()
    {
        _counters.Add(TargetCounter.StreamsOpened);
        _counters.AddOpenStream(1);

        // Held until the cursor is set: in the set first, or an event published in between would be lost.
        _signals = 1;
        _ring.Streams.Add(this);
        _cursor.Place();
        _aborted = _features.GetRequiredFeature<IHttpRequestLifetimeFeature>().RequestAborted
            .UnsafeRegister(static s => ((TargetStream)s!).End(StreamEnd.Client), this);
        Run();
    }

    /// <summary>There may be something to write.</summary>
    public void Signal()
    {
        if (Interlocked.Increment(ref _signals) == 1)
        {
            Run();
        }
    }

    /// <summary>Ends the stream, cleanly unless the client is gone; the first reason counts.</summary>
    public void End(StreamEnd reason)
    {
        if (TrySetEnd(reason))
        {
            Signal();
        }
    }

    /// <summary>Ends the stream and resets its TCP connection (over HTTP/2, the stream alone), whatever is under way.</summary>
    public void Abort(StreamEnd reason)
    {
        // The reason first: the reset makes the server report that the client has gone.
        if (TrySetEnd(reason))
        {
            ResetConnection();
            Signal();
        }
    }

    /// <summary>Called now and then: sends a heartbeat when one is due, and drops a client that the ring has overtaken.</summary>
    /// <param name="now">In ms of <see cref="Environment.TickCount64"/>.</param>
    /// <param name="heartbeats">Whether heartbeats are wanted just now.</param>
    public void Beat(long now, bool heartbeats)
    {
        if (Volatile.Read(ref _signals) != 0 && _cursor.IsOvertaken)
        {
            Abort(StreamEnd.Behind);
        }
        else if (heartbeats && _settings.HeartbeatMs > 0 && !_silent && now >= Volatile.Read(ref _nextBeat))
        {
            _beatDue = true;
            Signal();
        }
    }

    private bool TrySetEnd(StreamEnd reason) =>
        Interlocked.CompareExchange(ref _end, (int)reason, (int)StreamEnd.None) == (int)StreamEnd.None;

    private void Run()
    {
        int more;
        do
        {
            var seen = Volatile.Read(ref _signals);
            if (!Pump())
            {
                return;
            }

            more = Interlocked.Add(ref _signals, -seen);
        }
        while (more != 0);
    }

    /// <summary>Writes what there is. False: a flush is under way, and its continuation carries on with the guard in hand.</summary>
    private bool Pump()
    {
        while (!_gone)
        {
            if (Volatile.Read(ref _end) != (int)StreamEnd.None)
            {
                Leave();
                break;
            }

            try
            {
                if (!TryWrite(out var flush))
                {
                    return true;
                }

                if (!flush.IsCompleted)
                {
                    _counters.Add(TargetCounter.WritesBlocked);
                    _flush = flush;
                    _onFlushed ??= OnFlushed;
                    flush.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(_onFlushed);
                    return false;
                }

                Land(flush.GetAwaiter().GetResult());
            }
            catch (Exception e)
            {
                // A stream's trouble stays its own: whoever signalled goes on to the next one.
                EndBroken(e);
            }
        }

        return true;
    }

    private void OnFlushed()
    {
        try
        {
            Land(_flush.GetAwaiter().GetResult());
        }
        catch (Exception e)
        {
            EndBroken(e);
        }

        Run();
    }

    private void EndBroken(Exception e) => End(e is OperationCanceledException or IOException ? StreamEnd.Client : StreamEnd.Error);

    private bool TryWrite(out ValueTask<FlushResult> flush)
    {
        _batch = default;
        if (!_opened)
        {
            _opened = true;
            flush = Open();
            return true;
        }

        flush = default;
        if (_silent)
        {
            return false;
        }

        var beat = IsBeatNear();
        if (!_beatDue && !beat && _cursor.TakeOnly() is { } only)
        {
            _batch.Events = 1;
            _batch.Bytes = only.Bytes.Length;
            flush = _writer.WriteAsync(only.Bytes);
            return true;
        }

        // The server copies what it is given before it returns, so one buffer serves all streams of a thread.
        var buffer = _buffer ??= new ArrayBufferWriter<byte>();
        buffer.ResetWrittenCount();
        if (_beatDue || (beat && _cursor.IsBehindNewest))
        {
            _beatDue = false;
            Volatile.Write(ref _nextBeat, Environment.TickCount64 + _settings.HeartbeatMs);
            _batch.AddComment(buffer, Heartbeat);
        }

        if (!_cursor.Fill(ref _batch, buffer, this))
        {
            End(StreamEnd.Behind);
        }

        if (_batch.Bytes == 0)
        {
            return false;
        }

        flush = _writer.WriteAsync(buffer.WrittenMemory);
        return true;
    }

    private ValueTask<FlushResult> Open()
    {
        if (_settings.RetryMs is not > 0)
        {
            return _writer.FlushAsync();
        }

        var retry = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"retry: {_settings.RetryMs}\n\n"));
        _batch.Bytes = retry.Length;
        return _writer.WriteAsync(retry);
    }

    // Slightly early together with an event is cheaper than on time alone.
    private bool IsBeatNear() => _settings.HeartbeatMs > 0 && Environment.TickCount64 >= _nextBeat - (_settings.HeartbeatMs / 5);

    private void Land(FlushResult result)
    {
        if (result.IsCompleted || result.IsCanceled)
        {
            End(StreamEnd.Client);
            return;
        }

        _counters.CountSent(_batch);
        _ring.Counters.CountSent(_batch.Events);
        _extras?.Enter(_batch);
        if (_extras is { DelayMs: > 0 } && _batch.Events > 0)
        {
            _counters.Add(FaultKind.Delay, _batch.Events);
        }

        if (_batch.Ends)
        {
            End(StreamEnd.Done);
        }
        else if (_extras is { } extras)
        {
            extras.Sent += _batch.Events;
            if (extras.Sent >= extras.Limit)
            {
                ReachLimit(extras.AtLimit);
            }
        }
    }

    private void ReachLimit(LimitAction action)
    {
        switch (action)
        {
            case LimitAction.Finish:
                End(StreamEnd.MaxEvents);
                break;
            case LimitAction.Cut:
                _counters.Add(FaultKind.Cut);
                End(StreamEnd.Cut);
                break;
            case LimitAction.Reset:
                _counters.Add(FaultKind.Reset);
                _silent = true;
                _ = ResetWhenReceivedAsync();
                break;
            case LimitAction.Stall:
                _counters.Add(FaultKind.Stall);
                _silent = true;
                break;
        }
    }

    // "After n events" is meant for the client: it has to be able to read them all.
    private async Task ResetWhenReceivedAsync()
    {
        if (_features.Get<IConnectionSocketFeature>() is { } connection)
        {
            await SendQueue.DrainAsync(connection.Socket).ConfigureAwait(false);
        }

        Abort(StreamEnd.Reset);
    }

    private void ResetConnection()
    {
        if (_features.Get<IHttpResetFeature>() is { } http2)
        {
            // The connection is not this stream's alone.
            http2.Reset(Http2InternalError);
            return;
        }

        // Closing with no time to linger is what makes it a RST; the server's own abort would send a FIN first.
        _features.Get<IConnectionSocketFeature>()?.Socket.Close(0);
        _features.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort();
    }

    private void Leave()
    {
        _gone = true;
        _ring.Streams.Remove(this);
        _aborted.Unregister();
        _extras?.Dispose();
        _counters.Add((StreamEnd)_end);
        _counters.AddOpenStream(-1);
        _completed.TrySetResult();
    }
}
