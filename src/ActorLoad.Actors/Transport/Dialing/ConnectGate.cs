namespace ActorLoad.Actors.Transport.Dialing;

/// <summary>
/// Bounds the handshakes in flight, so that a steep ramp or a reconnect storm cannot drown the generator itself (or overflow
/// the target's accept queue, after which SYN retransmits of whole seconds would be measured). Waiting here is no part of
/// any timing.
/// </summary>
internal sealed class ConnectGate(int maxConnecting) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(maxConnecting);

    public Task EnterAsync(CancellationToken cancellation) => _slots.WaitAsync(cancellation);

    public void Leave() => _slots.Release();

    public void Dispose() => _slots.Dispose();
}
