namespace ActorLoad.Actors.Transport;

/// <summary>
/// The seam between the engine and the network: a leaner transport, or a fake in tests, stands here. Implementations are
/// thread-safe and do not throw for anything that the network or the target does.
/// </summary>
public interface ISseConnector : IDisposable
{
    /// <summary>Opens a stream: sends the request, follows redirects, and returns when the response's headers are judged.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    Task<ConnectResult> ConnectAsync(StreamRequest request, CancellationToken cancellation);

    /// <summary>Sends a plain request and reads its response to the end.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    Task<RequestResult> SendAsync(StreamRequest request, CancellationToken cancellation);

    /// <summary>Sends a plain request and keeps its answer, a redirect included, up to 64 KiB of it.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    Task<FetchResult> FetchAsync(StreamRequest request, CancellationToken cancellation);
}
