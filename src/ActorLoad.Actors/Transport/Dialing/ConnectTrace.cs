namespace ActorLoad.Actors.Transport.Dialing;

/// <summary>Travels with a request into the connect callback; gives the gate's slot back exactly once.</summary>
/// <param name="gate">Entered by the request; null when it did not have to.</param>
/// <param name="timer">Told of the handshake's time; null = nobody.</param>
/// <param name="receiveBuffer">Bytes for the socket's receive buffer; 0 = the system's choice.</param>
/// <param name="cancellation">
/// The request's own: left to itself the handler goes on with a handshake for seconds after its request was given up.
/// </param>
internal sealed class ConnectTrace(ConnectGate? gate, IConnectTimer? timer, int receiveBuffer, CancellationToken cancellation)
{
    public static readonly HttpRequestOptionsKey<ConnectTrace> Key = new("actorload.connect-trace");

    private ConnectGate? _gate = gate;

    public IConnectTimer? Timer { get; } = timer;

    public int ReceiveBuffer { get; } = receiveBuffer;

    public CancellationToken Cancellation { get; } = cancellation;

    public void LeaveGate() => Interlocked.Exchange(ref _gate, null)?.Leave();
}
