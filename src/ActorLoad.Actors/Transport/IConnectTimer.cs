namespace ActorLoad.Actors.Transport;

/// <summary>Receives the time that a handshake took, at the moment and on the thread where it ended.</summary>
public interface IConnectTimer
{
    /// <param name="ticks">Timestamp ticks from the start of the TCP connect to TCP (and TLS) established.</param>
    void OnConnected(long ticks);
}
