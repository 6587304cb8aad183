namespace ActorLoad.Host.Cli.Remote;

/// <summary>How patient a submit is while nobody can say whether the run has arrived.</summary>
internal sealed record SubmitTimes
{
    /// <summary>No try begins later than so long after the first.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Before the second try; then twice as long each time.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);
}
