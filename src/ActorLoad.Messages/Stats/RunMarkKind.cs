namespace ActorLoad.Messages.Stats;

/// <summary>The kinds of <see cref="RunMark"/>.</summary>
public enum RunMarkKind
{
    WorkerJoined,
    WorkerLeft,
    WorkerLost,

    /// <summary>The users of a lost, leaving or joining worker have been given to their new workers.</summary>
    SharesMoved,

    /// <summary>Another coordinator has taken the run over.</summary>
    CoordinatorMoved,
}
