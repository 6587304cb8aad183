namespace ActorLoad.Actors.Transport;

/// <summary>
/// The streams that users walked away from: nobody reads them, and their connections stay open, without a FIN, until this is
/// disposed at the end of the run. Keeping them here also keeps the finalizers of their sockets from closing them. Thread-safe.
/// </summary>
public sealed class AbandonedStreams : IDisposable
{
    private readonly Lock _lock = new();
    private List<StreamResponse>? _responses = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _responses?.Count ?? 0;
            }
        }
    }

    /// <returns>False when the run is over: the caller keeps the response.</returns>
    public bool TryAdd(StreamResponse response)
    {
        lock (_lock)
        {
            _responses?.Add(response);
            return _responses is not null;
        }
    }

    public void Dispose()
    {
        List<StreamResponse>? responses;
        lock (_lock)
        {
            (responses, _responses) = (_responses, null);
        }

        foreach (var response in responses ?? [])
        {
            response.Dispose();
        }
    }
}
