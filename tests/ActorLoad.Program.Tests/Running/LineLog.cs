namespace ActorLoad.Program.Tests.Running;

/// <summary>The lines of one output of a process, as they come.</summary>
public sealed class LineLog
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _changed = NewSignal();
    private bool _ended;

    public IReadOnlyList<string> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>The first line that the predicate accepts, or null when the output ended without one.</summary>
    public async Task<string?> FirstAsync(Func<string, bool> accept, CancellationToken cancellation)
    {
        for (var next = 0; ;)
        {
            Task changed;
            bool ended;
            List<string> fresh;
            lock (_lock)
            {
                fresh = _lines[next..];
                next = _lines.Count;
                ended = _ended;
                changed = _changed.Task;
            }

            if (fresh.Find(line => accept(line)) is { } found)
            {
                return found;
            }

            if (ended)
            {
                return null;
            }

            await changed.WaitAsync(cancellation);
        }
    }

    /// <summary>Reads to the end, or reads some lines and then closes the pipe.</summary>
    internal async Task ReadAsync(StreamReader reader, int? closeAfter)
    {
        // Off the caller's thread: reading a pipe may block until there is something in it.
        await Task.Yield();
        try
        {
            for (var read = 0; closeAfter is not { } most || read < most; read++)
            {
                if (await reader.ReadLineAsync() is not { } line)
                {
                    break;
                }

                Change(() => _lines.Add(line));
            }
        }
        finally
        {
            reader.Close();
            Change(() => _ended = true);
        }
    }

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            change();
            changed = _changed;
            _changed = NewSignal();
        }

        changed.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
