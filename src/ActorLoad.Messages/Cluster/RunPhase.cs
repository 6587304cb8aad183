namespace ActorLoad.Messages.Cluster;

/// <summary>Where a run stands.</summary>
public enum RunPhase
{
    /// <summary>Another one runs before it.</summary>
    Queued,

    /// <summary>It waits for enough workers.</summary>
    Gathering,

    /// <summary>Its workers are getting ready.</summary>
    Preparing,

    Running,

    /// <summary>Users leave, last windows come in, the report is written.</summary>
    Draining,

    /// <summary>A new coordinator is collecting what the workers know of it.</summary>
    Recovering,

    Ended,
}
