namespace ActorLoad.Host.Cli.Remote;

/// <summary>How patient watching is.</summary>
internal sealed record WatchTimes
{
    /// <summary>For so long nodes are tried again after the last word of the run.</summary>
    public TimeSpan GiveUp { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan TryAgain { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Nodes say something every 30 s, also when the coordinator is silent: one that does not is gone.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(45);
}
