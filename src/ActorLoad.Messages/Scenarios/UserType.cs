namespace ActorLoad.Messages.Scenarios;

/// <summary>A kind of virtual user.</summary>
public sealed record UserType
{
    public required string Name { get; init; }

    /// <summary>Share of users of this type, relative to the other types; at least 1.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Think time between two tasks.</summary>
    public DurationRange Wait { get; init; } = DurationRange.Zero;

    public IReadOnlyList<Step> OnStart { get; init; } = [];

    public IReadOnlyList<Step> OnStop { get; init; } = [];

    /// <summary>At least one.</summary>
    public required IReadOnlyList<TaskDefinition> Tasks { get; init; }
}
