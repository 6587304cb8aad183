using ActorLoad.Actors.Transport;
using Akka.Streams;
using Akka.Streams.Stage;

namespace ActorLoad.Actors.Framing;

/// <summary>
/// The sink of a connection's graph: feeds each chunk to a decoder, whose items go straight to the observer on the graph's
/// thread. No element, message or allocation per event; the observer hears of the end exactly once.
/// </summary>
public sealed class SseDecodeStage : GraphStage<SinkShape<ByteChunk>>
{
    private readonly Func<SseDecoder> _decoder;
    private readonly IFramingObserver _observer;
    private readonly Inlet<ByteChunk> _in = new("SseDecodeStage.in");

    /// <param name="decoder">Makes the decoder, which reports to <paramref name="observer"/>.</param>
    public SseDecodeStage(Func<SseDecoder> decoder, IFramingObserver observer)
    {
        _decoder = decoder;
        _observer = observer;
        Shape = new SinkShape<ByteChunk>(_in);
    }

    public override SinkShape<ByteChunk> Shape { get; }

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(this);

    private sealed class Logic : InGraphStageLogic
    {
        private readonly SseDecodeStage _stage;
        private readonly SseDecoder _decoder;
        private Exception? _error;

        public Logic(SseDecodeStage stage) : base(stage.Shape)
        {
            _stage = stage;
            _decoder = stage._decoder();
            SetHandler(stage._in, this);
        }

        public override void PreStart() => Pull(_stage._in);

        public override void OnPush()
        {
            var chunk = Grab(_stage._in);
            try
            {
                _stage._observer.OnRead(chunk.Count, chunk.ReadAt);
                _decoder.Feed(chunk.Bytes);
            }
            catch (SseLimitException e)
            {
                _error = new StreamBrokenException(e.Reason, e.Message);
                CompleteStage();
                return;
            }
            catch (Exception e)
            {
                // A defect of ours: it reaches the connection actor as it is, and from there supervision as "unknown".
                _error = e;
                CompleteStage();
                return;
            }

            if (_stage._observer.IsDone)
            {
                // Cancels the source, which closes the connection.
                CompleteStage();
                return;
            }

            Pull(_stage._in);
        }

        public override void OnUpstreamFailure(Exception e)
        {
            _error = e;
            CompleteStage();
        }

        public override void PostStop()
        {
            _decoder.Dispose();
            _stage._observer.OnEnd(_error);
        }
    }
}
