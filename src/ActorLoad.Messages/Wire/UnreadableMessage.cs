using Akka.Actor;
using Akka.Event;

namespace ActorLoad.Messages.Wire;

/// <summary>Stands for a message that could not be read. Whoever receives it does nothing.</summary>
public sealed class UnreadableMessage : INoSerializationVerificationNeeded, IDeadLetterSuppression
{
    public static readonly UnreadableMessage Instance = new();

    private UnreadableMessage()
    {
    }
}
