using Akka.Actor;

namespace ActorLoad.Actors.Connections;

/// <summary>What a user tells its connections. Local only.</summary>
public static class ConnectionCommands
{
    /// <summary>Cut the connection without a goodbye and stay away until <see cref="Reconnect"/>.</summary>
    public sealed class Drop : INoSerializationVerificationNeeded
    {
        public static Drop Instance { get; } = new();

        private Drop()
        {
        }
    }

    /// <summary>Connect at once; an open connection is cut first.</summary>
    public sealed class Reconnect : INoSerializationVerificationNeeded
    {
        public static Reconnect Instance { get; } = new();

        private Reconnect()
        {
        }
    }
}
