using ActorLoad.Actors.Framing;
using ActorLoad.Actors.Transport;
using Akka.Streams;
using Akka.Streams.Dsl;

namespace ActorLoad.Actors.Connections;

/// <summary>
/// A connection's graph, two stages fused into one interpreter:
/// <code>
/// response bytes                framing                     measurement
/// ResponseByteSource  --chunk-->  SseDecodeStage(SseDecoder)  --calls-->  ConnectionHandler --> StreamMeter
/// </code>
/// </summary>
internal static class ConnectionGraph
{
    /// <returns>The switch that ends the graph; the handler hears of every end.</returns>
    public static IKillSwitch Run(StreamContext stream, StreamResponse response, ConnectionHandler handler, IMaterializer materializer)
    {
        var limits = stream.Settings.Limits;
        var decode = new SseDecodeStage(
            () => new SseDecoder(handler, limits.MaxLine, limits.MaxEvent, stream.Cursor.LastEventId), handler);
        return Source.FromGraph(new ResponseByteSource(response, handler.Pace))
            .ToMaterialized(Sink.FromGraph(decode), Keep.Left)
            .Run(materializer);
    }
}
