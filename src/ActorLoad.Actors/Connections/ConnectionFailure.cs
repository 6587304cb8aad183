using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Connections;

/// <summary>A connection ended or never opened; thrown by the connection actor so that supervision decides.</summary>
public sealed class ConnectionFailure(FailureReason reason, int status, string message, Disposition disposition)
    : Exception(message)
{
    public FailureReason Reason { get; } = reason;

    /// <summary>The HTTP status when there was one, else 0.</summary>
    public int Status { get; } = status;

    /// <summary>What <see cref="ReconnectPolicy"/> makes of the reason.</summary>
    public Disposition Disposition { get; } = disposition;
}
