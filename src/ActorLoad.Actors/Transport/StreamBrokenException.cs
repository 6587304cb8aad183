using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Transport;

/// <summary>Fails a connection's graph with a typed reason. Never thrown, so it costs no stack trace.</summary>
public sealed class StreamBrokenException(FailureReason reason, string message) : Exception(message)
{
    public FailureReason Reason { get; } = reason;
}
