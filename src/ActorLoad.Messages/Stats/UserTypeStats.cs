namespace ActorLoad.Messages.Stats;

/// <summary>What one user type did within a window.</summary>
/// <param name="Counters">Indexed by <see cref="Counter"/>.</param>
/// <param name="Timings">Only the timings that were recorded.</param>
public sealed record UserTypeStats(string UserType, long[] Counters, EncodedTiming[] Timings, TaskStats[] Tasks);
