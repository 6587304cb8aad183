namespace ActorLoad.Actors.Transport;

/// <summary>
/// Given to a <see cref="ResponseByteSource"/>'s kill switch as the cause of an abort, it ends the graph without touching the
/// connection: the response goes to the abandoned streams as it is, with its pending read. Never thrown.
/// </summary>
public sealed class LetGo(AbandonedStreams abandoned) : Exception("abandoned by its user")
{
    private volatile bool _done;

    /// <summary>The response was let go; else the connection had ended before, or ended with the run.</summary>
    public bool Done => _done;

    internal bool TryTake(StreamResponse response)
    {
        _done = abandoned.TryAdd(response);
        return _done;
    }
}
