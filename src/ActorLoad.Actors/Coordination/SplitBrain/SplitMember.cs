namespace ActorLoad.Actors.Coordination.SplitBrain;

/// <summary>A member of the cluster as one node sees it.</summary>
/// <param name="Address">Host and port; the same text on every node.</param>
/// <param name="Incarnation">Another one for a node that was started anew at the same address.</param>
internal readonly record struct SplitMember(string Address, long Incarnation, MemberStage Stage, bool IsCoordinator, bool IsReachable);
