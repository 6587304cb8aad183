namespace ActorLoad.Messages.Cluster;

/// <summary>How a worker stands to a run.</summary>
public enum RosterState
{
    Active,

    /// <summary>It has asked to leave: its shares go to others, then it drains.</summary>
    Leaving,

    /// <summary>It has drained and left: its windows are complete.</summary>
    Left,

    /// <summary>It is dead or cut off: what it has reported until then counts, nothing comes after it.</summary>
    Lost,
}
