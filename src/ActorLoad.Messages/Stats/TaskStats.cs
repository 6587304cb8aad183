namespace ActorLoad.Messages.Stats;

/// <summary>What one task of a user type did within a window.</summary>
/// <param name="Timings">Only the timings that were recorded; <see cref="Timing.TaskTime"/> counts passed and failed tasks alike.</param>
public sealed record TaskStats(string Task, long Passed, long Failed, long Interrupted, EncodedTiming[] Timings);
