namespace ActorLoad.Messages.Scenarios;

/// <summary>What may stand on the scenario, a user type or a subscribe step; here already resolved for one stream.</summary>
public sealed record StreamSettings
{
    public ReconnectSettings Reconnect { get; init; } = new();

    /// <summary>No byte for this long fails the connection as stalled; zero = never.</summary>
    public TimeSpan StallAfter { get; init; } = TimeSpan.Zero;

    public LimitSettings Limits { get; init; } = new();

    public MeasureSettings Measure { get; init; } = new();
}
