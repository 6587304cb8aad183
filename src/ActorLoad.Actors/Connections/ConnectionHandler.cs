using ActorLoad.Actors.Framing;
using ActorLoad.Actors.Measurement;
using ActorLoad.Actors.Transport.Pacing;
using Akka.Actor;
using Akka.Event;

namespace ActorLoad.Actors.Connections;

/// <summary>
/// Stands between one connection's graph and its stream: keeps the cursor up to date, passes everything on to the observer,
/// and tells the connection actor of the end, the only message the graph ever sends.
/// </summary>
/// <param name="pace">How fast it is read; null = as fast as bytes come.</param>
internal sealed class ConnectionHandler(StreamContext stream, IActorRef connection, int incarnation, long openedAt, ReadPace? pace = null)
    : IFramingObserver
{
    private long _lastReadAt = openedAt;
    private volatile bool _detached;
    private volatile bool _done;

    public ReadPace? Pace => pace;

    /// <summary>
    /// Since when the server has been silent, in timestamp ticks: nothing came although it would have been read;
    /// <see cref="long.MaxValue"/> while we are the ones who do not read.
    /// </summary>
    public long SilentSince => Math.Max(LastReadAt, pace?.ReadySince ?? 0);

    /// <summary>When bytes last arrived, in timestamp ticks; at first, when the connection opened.</summary>
    public long LastReadAt => Volatile.Read(ref _lastReadAt);

    /// <summary>The done marker has come: the stream is complete, whatever the rest of the read holds.</summary>
    public bool IsDone => _done;

    /// <summary>From here on nothing is passed on any more.</summary>
    public void Detach() => _detached = true;

    public void OnRead(int count, long readAt)
    {
        Volatile.Write(ref _lastReadAt, readAt);
        if (!_detached)
        {
            stream.Observer.OnRead(count, readAt);
        }
    }

    public void OnEvent(in SseEvent e)
    {
        if (_detached || _done)
        {
            return;
        }

        stream.Cursor.FailuresInRow = 0;
        stream.Cursor.AttemptsInRow = 0;
        stream.Observer.OnEvent(e);
        if (stream.Until is { } until && until.Matches(e))
        {
            _done = true;
            stream.Observer.OnDone();
        }
    }

    public void OnComment(ReadOnlySpan<byte> text)
    {
        if (!_detached && !_done)
        {
            stream.Observer.OnComment(text);
        }
    }

    public void OnRetry(long milliseconds)
    {
        stream.Cursor.Retry = TimeSpan.FromMilliseconds(milliseconds);
        stream.Observer.OnRetry(milliseconds);
    }

    public void OnLastEventId(ReadOnlySpan<byte> id) => stream.Cursor.SetLastEventId(id);

    public void OnEnd(Exception? error) => connection.Tell(new GraphEnded(incarnation, error), ActorRefs.NoSender);

    internal sealed record GraphEnded(int Incarnation, Exception? Error) : INoSerializationVerificationNeeded, IDeadLetterSuppression;
}
