namespace ActorLoad.Host.Admin.Runs;

/// <summary>How patient a node is with a coordinator that may be on its way to another node.</summary>
internal sealed record GatewayTimes
{
    /// <summary>A question without an answer for so long has failed.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Until an answer comes, a question is asked again so often.</summary>
    public TimeSpan AskAgain { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Less than the ten seconds after which a coordinator forgets who watches.</summary>
    public TimeSpan WatchAgain { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A watched run of which nothing is heard for so long gets a note that says so.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A coordinator that has just taken over may learn of a run that it does not know yet within this time.</summary>
    public TimeSpan Unknown { get; init; } = TimeSpan.FromSeconds(30);
}
