namespace ActorLoad.Actors.Connections;

/// <summary>What becomes of a stream whose connection ended.</summary>
public enum Disposition
{
    /// <summary>Transient: supervision restarts the connection, which connects again after its delay.</summary>
    Restart,

    /// <summary>Permanent: supervision stops it, the stream has ended for good.</summary>
    Stop,
}
