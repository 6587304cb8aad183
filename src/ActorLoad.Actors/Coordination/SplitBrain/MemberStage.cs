namespace ActorLoad.Actors.Coordination.SplitBrain;

/// <summary>How far a member has come in the cluster. A node that is cut off may be one stage behind the others.</summary>
internal enum MemberStage
{
    /// <summary>Joining or weakly up.</summary>
    Coming,

    /// <summary>Up or leaving.</summary>
    In,

    /// <summary>Exiting.</summary>
    Going,

    /// <summary>Declared dead.</summary>
    Down,
}
