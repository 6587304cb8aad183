namespace ActorLoad.Host.Target.Streams;

/// <summary>What a stream does once it has written its number of events.</summary>
internal enum LimitAction
{
    /// <summary>Ends, as the client asked for.</summary>
    Finish,

    /// <summary>Ends, as a fault.</summary>
    Cut,

    /// <summary>Resets the TCP connection.</summary>
    Reset,

    /// <summary>Stays open and silent.</summary>
    Stall,
}
