namespace ActorLoad.Host.Scenarios;

/// <summary>What the command line changes in a scenario; null = as the file says.</summary>
public sealed record ScenarioOverrides
{
    public static ScenarioOverrides None { get; } = new();

    /// <summary><c>--base-url</c>.</summary>
    public string? BaseUrl { get; init; }

    /// <summary><c>--users</c>: the plan keeps its shape and peaks at this number. Applied before <see cref="Duration"/>.</summary>
    public int? Users { get; init; }

    /// <summary><c>--duration</c>: a longer plan ends here; scales nothing.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>
    /// <c>--set path=value</c>, applied in order after the file and before validation. A path may start with <c>scenario.</c> and
    /// may name an element of a list: <c>load.stages[0].users=5</c>. A value in brackets, braces or quotes is read as HOCON,
    /// any other is taken literally.
    /// </summary>
    public IReadOnlyList<string> Set { get; init; } = [];
}
