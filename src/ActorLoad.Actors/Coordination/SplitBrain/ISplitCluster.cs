namespace ActorLoad.Actors.Coordination.SplitBrain;

/// <summary>The cluster as <see cref="SplitBrainActor"/> needs it.</summary>
internal interface ISplitCluster
{
    /// <summary>All members as this node sees them now; empty as long as it is none itself.</summary>
    IReadOnlyCollection<SplitMember> Members { get; }

    /// <summary>Whether this node leads those that it can reach.</summary>
    bool IsLeader { get; }

    bool IsSelf(SplitMember member);

    /// <summary>Declares a member dead; twice is as good as once.</summary>
    void Down(SplitMember member);
}
