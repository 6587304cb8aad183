using System.Text;
using ActorLoad.Actors.Framing;

namespace ActorLoad.Actors.Tests.Connections;

/// <summary>Collects what a graph reports; the end is a task.</summary>
internal sealed class FramingRecorder : IFramingObserver
{
    private readonly TaskCompletionSource<Exception?> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<string> Records { get; } = [];

    public List<(int Count, long At)> Reads { get; } = [];

    /// <summary>Null when the end was clean.</summary>
    public Task<Exception?> End => _end.Task.WaitAsync(TimeSpan.FromSeconds(20));

    public int Ends { get; private set; }

    public Action<string>? On { get; set; }

    public void OnEvent(in SseEvent e) => Add($"event <{Encoding.UTF8.GetString(e.Data)}>");

    public void OnComment(ReadOnlySpan<byte> text) => Add($"comment <{Encoding.UTF8.GetString(text)}>");

    public void OnRetry(long milliseconds) => Add($"retry {milliseconds}");

    public void OnLastEventId(ReadOnlySpan<byte> id) => Add($"id <{Encoding.UTF8.GetString(id)}>");

    public void OnRead(int count, long readAt) => Reads.Add((count, readAt));

    public bool IsDone { get; set; }

    public void OnEnd(Exception? error)
    {
        Ends++;
        _end.TrySetResult(error);
    }

    private void Add(string record)
    {
        Records.Add(record);
        On?.Invoke(record);
    }
}
