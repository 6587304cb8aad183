using Akka.Actor;

namespace ActorLoad.Actors.Connections;

/// <summary>What a connection actor tells its parent. Local only.</summary>
public static class ConnectionEvents
{
    /// <summary>The stream's current connection is open.</summary>
    public sealed record Opened(StreamContext Stream) : INoSerializationVerificationNeeded;

    /// <summary>A <see cref="ConnectionCommands.Reconnect"/> was taken up; an <see cref="Opened"/> told before belongs to an earlier connection.</summary>
    public sealed record Reconnecting(StreamContext Stream) : INoSerializationVerificationNeeded;

    /// <summary>The stream's done marker has come: its connection is closed, and the connection actor stops by itself.</summary>
    public sealed record Completed(StreamContext Stream) : INoSerializationVerificationNeeded;

    /// <summary>The connection ended, or did not open; supervision does what the failure's disposition says.</summary>
    public sealed record Lost(StreamContext Stream, ConnectionFailure Failure) : INoSerializationVerificationNeeded;
}
