using ActorLoad.Messages.Plan;

namespace ActorLoad.Messages.Scenarios;

/// <summary>
/// One scenario as the engine runs it: everything resolved and checked, defaults filled in. How it is written down is the
/// business of the HOCON parser; docs/scenario-reference.md names every key.
/// </summary>
public sealed record Scenario
{
    public required string Name { get; init; }

    /// <summary>Absolute http or https URL; step paths are resolved against it.</summary>
    public required Uri BaseUrl { get; init; }

    public HttpSettings Http { get; init; } = new();

    public required LoadPlan Load { get; init; }

    /// <summary>At least one; shares of users follow <see cref="UserType.Weight"/>.</summary>
    public required IReadOnlyList<UserType> UserTypes { get; init; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<TimedEvent> EventsAt { get; init; } = [];

    public IReadOnlyList<Feed> Feeds { get; init; } = [];

    public ClockSettings Clock { get; init; } = new();

    public ClusterSettings Cluster { get; init; } = new();

    public IReadOnlyList<Threshold> Thresholds { get; init; } = [];

    /// <summary>How long a task in hand may go on when its user has to stop. Zero interrupts it at once.</summary>
    public TimeSpan GracefulStop { get; init; } = TimeSpan.Zero;
}
