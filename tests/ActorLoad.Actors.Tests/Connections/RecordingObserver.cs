using System.Text;
using ActorLoad.Actors.Framing;
using ActorLoad.Actors.Measurement;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Tests.Connections;

/// <summary>Writes down what a stream's observer is told, one readable string a call; reads are left out.</summary>
internal sealed class RecordingObserver : IStreamObserver
{
    private readonly Lock _lock = new();
    private readonly List<string> _calls = [];
    private int _retired;

    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>How often the stream was said to have come to its end, which is no call like the others.</summary>
    public int Retired => Volatile.Read(ref _retired);

    /// <summary>Called within every call, with its record.</summary>
    public Action<string>? On { get; set; }

    public void OnConnected(long ticks) => Add("connected");

    public void OnAttempt() => Add("attempt");

    public void OnConnectFailed(FailureReason reason, int status, string message) => Add($"failed {reason.Name()} {status}");

    public void OnOpened(StreamResponse response, int attempt, string lastEventId) => Add($"opened {attempt} <{lastEventId}>");

    public void OnRead(int count, long readAt)
    {
    }

    public void OnEvent(in SseEvent e) => Add($"event <{Encoding.UTF8.GetString(e.Data)}>");

    public void OnComment(ReadOnlySpan<byte> text) => Add($"comment <{Encoding.UTF8.GetString(text)}>");

    public void OnRetry(long milliseconds) => Add($"retry {milliseconds}");

    public void OnDone() => Add("done");

    public void OnLost(FailureReason reason, string message, long at) => Add($"lost {reason.Name()}");

    public void OnCut(int storm) => Add($"cut {storm}");

    public void OnAbandoned() => Add("abandoned");

    public void OnClosed() => Add("closed");

    public void OnRetired() => Interlocked.Increment(ref _retired);

    private void Add(string call)
    {
        lock (_lock)
        {
            _calls.Add(call);
        }

        On?.Invoke(call);
    }
}
