namespace ActorLoad.Messages.Protocol;

/// <summary>Why a run ended; exit code and report derive from it.</summary>
public enum StopReason
{
    /// <summary>The plan was walked to its end (or to the cap given by --duration).</summary>
    Completed,

    /// <summary>Somebody asked for it: Ctrl-C or a stop command.</summary>
    Interrupted,

    /// <summary>A worker could not start, or broke.</summary>
    WorkerFailed,

    /// <summary>A threshold with abort-on-fail did not hold.</summary>
    ThresholdAborted,
}
