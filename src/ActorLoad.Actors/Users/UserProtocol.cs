using ActorLoad.Messages.Protocol;
using Akka.Actor;
using Akka.Event;

namespace ActorLoad.Actors.Users;

/// <summary>What users and their parent say to each other. Local only.</summary>
internal static class UserProtocol
{
    /// <summary>To a user: come to an end.</summary>
    public sealed record Stop(StopMode Mode) : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    /// <summary>From a user: it stops now, having done all it had to.</summary>
    public sealed record Ended(long UserId) : INoSerializationVerificationNeeded;
}
