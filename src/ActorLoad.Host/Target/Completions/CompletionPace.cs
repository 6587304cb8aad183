using System.Diagnostics;

namespace ActorLoad.Host.Target.Completions;

/// <summary>When the tokens of one answer are due, computed from its start, so that late timers never add up.</summary>
internal readonly struct CompletionPace(TimeSpan firstToken, TimeSpan gap)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    public async Task UntilTokenAsync(int index, CancellationToken cancellation)
    {
        var due = firstToken + (gap * index);
        for (var left = due - Stopwatch.GetElapsedTime(_start); left > TimeSpan.Zero; left = due - Stopwatch.GetElapsedTime(_start))
        {
            // Timers count whole milliseconds, and may end a moment early.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(left.TotalMilliseconds))), cancellation).ConfigureAwait(false);
        }
    }
}
