namespace ActorLoad.Messages.Scenarios;

/// <summary>What a user gets whose id is beyond the rows of a feed.</summary>
public enum FeedEnd
{
    /// <summary>Nothing: it ends at once and counts as a failure <c>feed-exhausted</c>.</summary>
    Stop,

    /// <summary>The rows again from the first.</summary>
    Wrap,
}
