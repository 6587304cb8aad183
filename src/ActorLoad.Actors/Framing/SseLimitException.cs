using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Framing;

/// <summary>A line or an event is larger than allowed.</summary>
public sealed class SseLimitException(FailureReason reason, string message) : Exception(message)
{
    /// <summary><see cref="FailureReason.LineTooLong"/> or <see cref="FailureReason.EventTooLarge"/>.</summary>
    public FailureReason Reason { get; } = reason;
}
