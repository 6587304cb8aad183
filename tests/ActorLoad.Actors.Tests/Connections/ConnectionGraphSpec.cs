using ActorLoad.Actors.Framing;
using ActorLoad.Actors.Tests.Transport;
using ActorLoad.Actors.Transport;
using ActorLoad.Actors.Transport.Pacing;
using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.TestKit.Xunit2;

namespace ActorLoad.Actors.Tests.Connections;

/// <summary>The two stages of a connection's graph over a body that a test feeds.</summary>
public abstract class ConnectionGraphSpec(string config) : TestKit(ConnectionSpec.Quiet + config)
{
    protected static TimeSpan Patience { get; } = TimeSpan.FromSeconds(20);

    private protected FramingRecorder Run(FedStream body, out IKillSwitch kill, int limit = 1 << 20, bool waitsForData = true) =>
        Run(new StreamResponse(body, "http://fake.test/", 0, 0, waitsForData), null, out kill, limit);

    private protected FramingRecorder Run(StreamResponse response, ReadPace? pace, out IKillSwitch kill, int limit = 1 << 20)
    {
        var recorder = new FramingRecorder();
        kill = Source.FromGraph(new ResponseByteSource(response, pace))
            .ToMaterialized(
                Sink.FromGraph(new SseDecodeStage(() => new SseDecoder(recorder, limit, limit, []), recorder)), Keep.Left)
            .Run(Sys.Materializer());
        return recorder;
    }

    private protected FramingRecorder Run(FedStream body, int limit = 1 << 20, bool waitsForData = true) =>
        Run(body, out _, limit, waitsForData);
}
