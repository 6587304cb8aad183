namespace ActorLoad.Messages.Scenarios;

/// <summary>What may stand on the scenario, a user type or a subscribe step; here already resolved for one stream.</summary>
public sealed record StreamSettings
{
    public ReconnectSettings Reconnect { get; init; } = new();

    /// <summary>No byte for this long fails the connection as stalled; zero = never.</summary>
    public TimeSpan StallAfter { get; init; } = TimeSpan.Zero;

    /// <summary>At most as many body bytes per second are taken from the socket; 0 = as fast as they come.</summary>
    public long ReadRate { get; init; }

    /// <summary>Nothing is read any more this long after a connection opened; zero = never.</summary>
    public TimeSpan StopReadingAfter { get; init; } = TimeSpan.Zero;

    /// <summary>Nothing is read any more after as many body bytes of a connection; 0 = never.</summary>
    public long StopReadingAfterBytes { get; init; }

    public LimitSettings Limits { get; init; } = new();

    public MeasureSettings Measure { get; init; } = new();
}
