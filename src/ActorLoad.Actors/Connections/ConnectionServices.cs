using ActorLoad.Actors.Transport;
using Akka.Streams;

namespace ActorLoad.Actors.Connections;

/// <summary>What all connections of a worker share.</summary>
public sealed record ConnectionServices(ISseConnector Connector, IMaterializer Materializer, TimeProvider Time)
{
    /// <summary>Keeps what users walk away from until the run ends.</summary>
    public AbandonedStreams Abandoned { get; init; } = new();
}
