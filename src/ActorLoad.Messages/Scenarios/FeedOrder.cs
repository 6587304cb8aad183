namespace ActorLoad.Messages.Scenarios;

/// <summary>Which user gets which row of a feed.</summary>
public enum FeedOrder
{
    /// <summary>The row whose number is the user's id.</summary>
    Sequential,

    /// <summary>The same after the rows were shuffled once.</summary>
    Random,
}
