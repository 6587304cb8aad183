namespace ActorLoad.Messages.Scenarios;

/// <summary>A kind of virtual user.</summary>
public sealed record UserType
{
    public required string Name { get; init; }

    /// <summary>Share of users of this type, relative to the other types; at least 1.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Think time between two tasks.</summary>
    public DurationRange Wait { get; init; } = DurationRange.Zero;

    /// <summary>The user leaves after as many tasks; 0 = when the plan says so.</summary>
    public int Iterations { get; init; }

    /// <summary>The user leaves after a time drawn from this; null = when the plan says so.</summary>
    public DurationRange? Lifetime { get; init; }

    /// <summary>What becomes of the streams that are open when the user leaves.</summary>
    public LeaveMode OnLeave { get; init; } = LeaveMode.Close;

    /// <summary>Whether the user may leave before the plan says so.</summary>
    public bool LeavesByItself => Iterations > 0 || Lifetime is not null;

    public IReadOnlyList<Step> OnStart { get; init; } = [];

    public IReadOnlyList<Step> OnStop { get; init; } = [];

    /// <summary>At least one.</summary>
    public required IReadOnlyList<TaskDefinition> Tasks { get; init; }
}
