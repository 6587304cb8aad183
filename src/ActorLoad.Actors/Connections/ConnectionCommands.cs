using Akka.Actor;
using Akka.Event;

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

    /// <summary>
    /// Cut an open connection without a goodbye, as part of a storm. Unlike after <see cref="Drop"/> it comes back by itself, as
    /// after any lost connection. One that is not open is no part of the storm.
    /// </summary>
    /// <param name="Storm">Index in the scenario's events-at.</param>
    /// <param name="Hold">How long it stays away before its reconnect delay begins.</param>
    public sealed record Cut(int Storm, TimeSpan Hold) : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    /// <summary>Let go of an open connection without closing it, and stop; one that is not open just stops.</summary>
    public sealed class Abandon : INoSerializationVerificationNeeded
    {
        public static Abandon Instance { get; } = new();

        private Abandon()
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
