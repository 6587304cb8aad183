using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using Akka.Actor;
using Akka.Event;

namespace ActorLoad.Actors.Users;

/// <summary>What users and their parent say to each other. Local only.</summary>
internal static class UserProtocol
{
    /// <summary>To a user: come to an end.</summary>
    /// <param name="RunEnds">Everybody leaves, and every stream is closed.</param>
    public sealed record Stop(StopMode Mode, bool RunEnds) : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    /// <summary>To a user: cut those of the open streams that belong to the storm.</summary>
    public sealed record Storm(int Number, StormDrop Drop) : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    /// <summary>From a user: it stops now, having done all it had to.</summary>
    public sealed record Ended(long UserId) : INoSerializationVerificationNeeded;
}
