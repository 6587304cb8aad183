using System.Buffers;
using System.Runtime.CompilerServices;
using ActorLoad.Actors.Transport.Pacing;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Stage;

namespace ActorLoad.Actors.Transport;

/// <summary>
/// The source of a connection's graph: one chunk per pull. It waits for data with a read of no bytes, and reads on the
/// graph's own thread into a buffer rented for just that moment: a quiet connection holds no buffer, and a busy one makes no
/// garbage of its own. With a pace it reads no more and no sooner than that allows, and leaves the rest to the socket.
/// Completes at a clean end, fails with <see cref="StreamBrokenException"/> otherwise. The materialised kill switch ends it
/// from outside; whatever ends it, the response is disposed, unless it is let go (<see cref="LetGo"/>).
/// </summary>
public sealed class ResponseByteSource : GraphStageWithMaterializedValue<SourceShape<ByteChunk>, IKillSwitch>
{
    private readonly StreamResponse _response;
    private readonly ReadPace? _pace;
    private readonly Outlet<ByteChunk> _out = new("ResponseByteSource.out");

    /// <param name="pace">Null = as fast as bytes come.</param>
    public ResponseByteSource(StreamResponse response, ReadPace? pace = null)
    {
        _response = response;
        _pace = pace;
        Shape = new SourceShape<ByteChunk>(_out);
    }

    public override SourceShape<ByteChunk> Shape { get; }

    public override ILogicAndMaterializedValue<IKillSwitch> CreateLogicAndMaterializedValue(Attributes inheritedAttributes)
    {
        var logic = new Logic(this);
        return new LogicAndMaterializedValue<IKillSwitch>(logic, logic);
    }

    private sealed class Logic : OutGraphStageLogic, IKillSwitch
    {
        private const int BufferSize = 16 * 1024;

        private readonly ResponseByteSource _stage;
        private readonly CancellationTokenSource _cancellation = new();
        private readonly ByteChunk _chunk = new();
        private readonly Action _signal;
        private readonly Action<long> _onSignal;
        private readonly Action<Exception?> _onKill;

        private Action? _onHeld;
        private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _pending;
        private byte[]? _buffer;
        private ICancelable? _hold;
        private int _allowed = BufferSize;
        private bool _readsIntoBuffer;
        private long _readyAt;
        private volatile bool _stopped;
        private bool _letGo;

        public Logic(ResponseByteSource stage) : base(stage.Shape)
        {
            _stage = stage;
            _signal = Signal;
            _onSignal = GetAsyncCallback<long>(OnSignal);
            _onKill = GetAsyncCallback<Exception?>(OnKill);
            SetHandler(stage._out, this);
        }

        public override void OnPull()
        {
            ReturnBuffer();
            _readyAt = 0;
            Go();
        }

        public void Shutdown() => _onKill(null);

        public void Abort(Exception cause) => _onKill(cause);

        public override void PostStop()
        {
            _stopped = true;
            _hold?.Cancel();
            if (_letGo)
            {
                // Cancelling the pending read would close the connection.
                return;
            }

            _cancellation.Cancel();
            _stage._response.Dispose();
            if (!_readsIntoBuffer)
            {
                ReturnBuffer();
            }

            _cancellation.Dispose();
        }

        private void Go()
        {
            if (!MayRead())
            {
                return;
            }

            if (_stage._response.WaitsForData)
            {
                Wait();
            }
            else
            {
                Read();
            }
        }

        /// <summary>Asks the pace; when it says "not yet", the graph's timer comes back to <see cref="Go"/>, and there is nothing to wait for.</summary>
        private bool MayRead()
        {
            if (_stage._pace is not { } pace)
            {
                return true;
            }

            var grant = pace.Next();
            if (grant.Count == 0 && !grant.IsOver)
            {
                _onHeld ??= GetAsyncCallback(Go);
                _hold = Materializer.ScheduleOnce(grant.Wait, _onHeld);
            }

            _allowed = Math.Min(grant.Count, BufferSize);
            return grant.Count > 0;
        }

        private void Wait()
        {
            _readsIntoBuffer = false;
            Start(Memory<byte>.Empty);
        }

        private void Read()
        {
            _buffer = ArrayPool<byte>.Shared.Rent(_allowed);
            _readsIntoBuffer = true;
            Start(_stage._pace is null ? _buffer : _buffer.AsMemory(0, _allowed));
        }

        private void Start(Memory<byte> target)
        {
            try
            {
                _pending = _stage._response.Body.ReadAsync(target, _cancellation.Token).ConfigureAwait(false).GetAwaiter();
            }
            catch (Exception e)
            {
                Break(e);
                return;
            }

            if (_pending.IsCompleted)
            {
                // A wait that did not wait proves nothing: what is read after it may come in only now, and is stamped then.
                Continue(_readsIntoBuffer && _readyAt == 0 ? TimeProvider.System.GetTimestamp() : _readyAt);
            }
            else
            {
                _pending.UnsafeOnCompleted(_signal);
            }
        }

        // Runs on the thread that completed the read: stamps the time and hands over to the graph, nothing more.
        private void Signal()
        {
            if (!_stopped)
            {
                _onSignal(TimeProvider.System.GetTimestamp());
                return;
            }

            try
            {
                _pending.GetResult();
            }
            catch (Exception)
            {
                // The graph is gone and nobody waits for this read; looking at its error keeps it from being "unobserved".
            }
        }

        private void OnSignal(long readAt) => Continue(readAt);

        private void Continue(long readAt)
        {
            int count;
            try
            {
                count = _pending.GetResult();
            }
            catch (Exception e)
            {
                _readsIntoBuffer = false;
                Break(e);
                return;
            }

            if (!_readsIntoBuffer)
            {
                // It may have been a long wait, and the time of reading may be over.
                if (_stage._pace is null || MayRead())
                {
                    _readyAt = readAt;
                    Read();
                }

                return;
            }

            _readsIntoBuffer = false;
            if (count == 0)
            {
                CompleteStage();
                return;
            }

            _stage._pace?.Took(count);
            _chunk.Set(_buffer!, count, readAt);
            Push(_stage._out, _chunk);
        }

        private void Break(Exception error)
        {
            var (reason, message) = TransportErrors.WhileReading(error);
            FailStage(new StreamBrokenException(reason, message));
        }

        private void OnKill(Exception? cause)
        {
            if (cause is LetGo letGo)
            {
                _letGo = letGo.TryTake(_stage._response);
                CompleteStage();
            }
            else if (cause is null)
            {
                CompleteStage();
            }
            else
            {
                FailStage(cause);
            }
        }

        private void ReturnBuffer()
        {
            if (_buffer is { } buffer)
            {
                _buffer = null;
                _chunk.Clear();
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }
}
