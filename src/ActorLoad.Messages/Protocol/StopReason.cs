namespace ActorLoad.Messages.Protocol;

/// <summary>Why a run ended; exit code and report derive from it.</summary>
public enum StopReason
{
    /// <summary>The plan was walked to its end (or to the cap given by --duration).</summary>
    Completed,

    /// <summary>Somebody asked for it: Ctrl-C, a stop command, the last worker told to leave; or its workers ended it before its time.</summary>
    Interrupted,

    /// <summary>It could not go on: a worker could not start, or broke; too few were there; or the report could not be written.</summary>
    WorkerFailed,

    /// <summary>A threshold with abort-on-fail did not hold.</summary>
    ThresholdAborted,
}
