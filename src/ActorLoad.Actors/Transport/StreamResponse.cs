namespace ActorLoad.Actors.Transport;

/// <summary>
/// An accepted event stream whose body has not been read yet. Disposing it closes its connection, or leaves the one it shares.
/// </summary>
/// <param name="seat">What to dispose of after the body; null = nothing.</param>
public sealed class StreamResponse(
    Stream body, string url, long requestStart, long headersAt, bool waitsForData, IDisposable? seat = null) : IDisposable
{
    public Stream Body { get; } = body;

    /// <summary>Where the response came from, after redirects.</summary>
    public string Url { get; } = url;

    /// <summary>When the request left the generator, in timestamp ticks.</summary>
    public long RequestStart { get; } = requestStart;

    /// <summary>When the response's headers were complete, in timestamp ticks.</summary>
    public long HeadersAt { get; } = headersAt;

    /// <summary>
    /// A read of no bytes waits until there is something to read, so that no buffer is held meanwhile. Decompressing streams
    /// do not promise that.
    /// </summary>
    public bool WaitsForData { get; } = waitsForData;

    public void Dispose()
    {
        Body.Dispose();
        seat?.Dispose();
    }
}
