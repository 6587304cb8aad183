namespace ActorLoad.Actors.Transport;

/// <summary>Travels with a request into the connect callback; gives the gate's slot back exactly once.</summary>
internal sealed class ConnectTrace(ConnectGate gate, IConnectTimer? timer)
{
    public static readonly HttpRequestOptionsKey<ConnectTrace> Key = new("actorload.connect-trace");

    private ConnectGate? _gate = gate;

    public IConnectTimer? Timer { get; } = timer;

    public void LeaveGate() => Interlocked.Exchange(ref _gate, null)?.Leave();
}
