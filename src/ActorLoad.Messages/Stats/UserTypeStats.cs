namespace ActorLoad.Messages.Stats;

/// <summary>What one user type did within a window.</summary>
/// <param name="Counters">Indexed by <see cref="Counter"/>; includes what its streams counted.</param>
/// <param name="Timings">Only the timings that were recorded.</param>
public sealed record UserTypeStats(string UserType, long[] Counters, EncodedTiming[] Timings, TaskStats[] Tasks)
{
    /// <summary>By stream name; only streams that counted something.</summary>
    public StreamStats[] Streams { get; init; } = [];
}
