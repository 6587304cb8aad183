namespace ActorLoad.TestServer;

/// <summary>A growing list that can be waited on until it has a given length.</summary>
internal sealed class Milestones<T>
{
    private readonly Lock _lock = new();
    private readonly List<T> _items = [];
    private TaskCompletionSource _grown = NewSignal();

    public IReadOnlyList<T> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _items];
            }
        }
    }

    public void Add(T item)
    {
        TaskCompletionSource grown;
        lock (_lock)
        {
            _items.Add(item);
            grown = _grown;
            _grown = NewSignal();
        }

        grown.SetResult();
    }

    public async Task<IReadOnlyList<T>> WaitForAsync(int count, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        while (true)
        {
            Task grown;
            lock (_lock)
            {
                if (_items.Count >= count)
                {
                    return [.. _items];
                }

                grown = _grown.Task;
            }

            try
            {
                await grown.WaitAsync(limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Waited {patience} for number {count}; there were {All.Count}.");
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
