using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Transport;

/// <summary>A failure that the transport itself has already classified (a TLS handshake inside the connect callback, say).</summary>
internal sealed class TransportException(FailureReason reason, string message, Exception? inner = null) : IOException(message, inner)
{
    public FailureReason Reason { get; } = reason;
}
