using ActorLoad.Actors.Framing;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Measurement;

/// <summary>
/// Hears everything that happens to one stream, over all its connections: the meter of a load test, the printer of
/// <c>tap</c>. Calls come one after the other, those between OnOpened and OnLost from the connection's graph.
/// </summary>
public interface IStreamObserver : IConnectTimer
{
    /// <summary>A connection attempt begins.</summary>
    void OnAttempt();

    /// <summary>The attempt came to nothing.</summary>
    void OnConnectFailed(FailureReason reason, int status, string message);

    /// <summary>The response's headers were accepted.</summary>
    /// <param name="attempt">Counts the attempts of this stream from 1.</param>
    /// <param name="lastEventId">What was sent as Last-Event-ID; empty = nothing.</param>
    void OnOpened(StreamResponse response, int attempt, string lastEventId);

    /// <summary>Bytes arrived; the items decoded from them follow.</summary>
    void OnRead(int count, long readAt);

    void OnEvent(in SseEvent e);

    void OnComment(ReadOnlySpan<byte> text);

    void OnRetry(long milliseconds);

    /// <summary>The last event was the done marker of a finite stream: no more items follow, and the connection is closed.</summary>
    void OnDone();

    /// <summary>An open connection ended, by whatever cause but the user's own wish to close the stream.</summary>
    /// <param name="at">Timestamp ticks.</param>
    void OnLost(FailureReason reason, string message, long at);

    /// <summary>A storm of the scenario is about to cut the open connection: the OnLost that follows belongs to it.</summary>
    /// <param name="storm">Index in the scenario's events-at.</param>
    void OnCut(int storm)
    {
    }

    /// <summary>The user walked away from the open stream; its connection stays.</summary>
    void OnAbandoned() => OnClosed();

    /// <summary>The user closed the stream while its connection was open, or the stream is done.</summary>
    void OnClosed();

    /// <summary>The last call: no connection of the stream follows, whoever ended it.</summary>
    void OnRetired();
}
