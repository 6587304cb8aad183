namespace ActorLoad.Messages.Scenarios;

/// <summary>What becomes of a user's open streams when it leaves.</summary>
public enum LeaveMode
{
    Close,

    /// <summary>As <see cref="AbandonStep"/>.</summary>
    Abandon,
}
