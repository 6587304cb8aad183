using System.Text;
using ActorLoad.Actors.Framing;
using ActorLoad.Actors.Measurement;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;

namespace ActorLoad.Host.Tap;

/// <summary>Prints what the tapped stream does and counts it. After <see cref="Finish"/> it prints nothing more.</summary>
internal sealed class TapPrinter(ITapFormat format, TapOutput output, long maxEvents, Action onEnough) : IStreamObserver
{
    private readonly Lock _lock = new();
    private long _events;
    private long _comments;
    private long _bytes;
    private int _connects;
    private bool _finished;

    public bool EverOpened => Volatile.Read(ref _connects) > 0;

    public void OnConnected(long ticks)
    {
    }

    public void OnAttempt()
    {
    }

    public void OnClosed()
    {
    }

    public void OnRetired()
    {
    }

    public void OnConnectFailed(FailureReason reason, int status, string message) =>
        Print(() => format.Error(reason, status, message));

    public void OnOpened(StreamResponse response, int attempt, string lastEventId)
    {
        Interlocked.Increment(ref _connects);
        Print(() => format.Open(200, response.Url, attempt, lastEventId));
    }

    public void OnRead(int count, long readAt)
    {
        lock (_lock)
        {
            _bytes += _finished ? 0 : count;
        }
    }

    public void OnEvent(in SseEvent e)
    {
        var name = e.Type.IsEmpty ? EventNameTable.Default : Encoding.UTF8.GetString(e.Type);
        var data = Encoding.UTF8.GetString(e.Data);
        var id = Encoding.UTF8.GetString(e.LastEventId);
        var enough = false;
        Print(() =>
        {
            _events++;
            enough = _events == maxEvents;
            return format.Event(name, data, id);
        });
        if (enough)
        {
            Finish();
            onEnough();
        }
    }

    public void OnComment(ReadOnlySpan<byte> text)
    {
        var comment = Encoding.UTF8.GetString(text);
        Print(() =>
        {
            _comments++;
            return format.Comment(comment);
        });
    }

    public void OnRetry(long milliseconds) => Print(() => format.Retry(milliseconds));

    public void OnDone()
    {
    }

    public void OnLost(FailureReason reason, string message, long at) => Print(() => reason
        is FailureReason.Eof or FailureReason.Truncated or FailureReason.Reset or FailureReason.Dropped
            ? format.Close(reason)
            : format.Error(reason, 0, message));

    /// <summary>Prints the summary, once.</summary>
    public void Finish() => Print(() =>
    {
        _finished = true;
        return format.Summary(new TapCounts(_events, _comments, _bytes, _connects, Math.Max(0, _connects - 1)));
    });

    private void Print(Func<string> line)
    {
        lock (_lock)
        {
            if (!_finished)
            {
                output.WriteLine(line());
            }
        }
    }
}
