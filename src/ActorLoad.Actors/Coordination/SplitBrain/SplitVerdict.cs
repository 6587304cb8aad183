namespace ActorLoad.Actors.Coordination.SplitBrain;

/// <summary>What becomes of this side of a cluster some of whose members cannot be reached.</summary>
internal enum SplitVerdict
{
    /// <summary>Nobody is out of reach.</summary>
    Whole,

    /// <summary>This side goes on; who cannot be reached is declared dead.</summary>
    Survive,

    /// <summary>The other side may be going on; everybody on this side is declared dead.</summary>
    End,
}
