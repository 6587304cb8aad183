namespace ActorLoad.Messages.Protocol;

/// <summary>How users end when a run is stopped before its plan says so.</summary>
public enum StopMode
{
    /// <summary>Tasks in hand get the scenario's graceful-stop time, on-stop steps run.</summary>
    Graceful,

    /// <summary>Streams are cut at once, no further step runs.</summary>
    Now,
}
