namespace ActorLoad.Messages.Stats;

/// <summary>What a worker saw of itself during one window.</summary>
/// <param name="LagMsMax">By how much its own monotonic tick came late at worst, in ms.</param>
/// <param name="CpuShare">Of all processors that the process may use: 1 = all busy with it.</param>
/// <param name="GcPauseShare">Share of the window in which a collection held all threads, 0 to 1.</param>
/// <param name="ThreadPoolQueueMax">Highest number of work items that waited for a thread.</param>
/// <param name="ThreadPoolQueueMin">Lowest such number: above zero, more work came in than was done.</param>
/// <param name="ReadBacklogMsMax">Longest time from bytes being ready on a socket to their events being measured, in ms.</param>
/// <param name="ArrivalsDropped">Users that the open model could not start.</param>
public sealed record GeneratorHealth(
    double LagMsMax,
    double CpuShare,
    double GcPauseShare,
    long ThreadPoolQueueMax,
    long ThreadPoolQueueMin,
    double ReadBacklogMsMax,
    long ArrivalsDropped)
{
    /// <summary>The worse of each number, the sum of the dropped arrivals.</summary>
    public GeneratorHealth And(GeneratorHealth other) => new(
        Math.Max(LagMsMax, other.LagMsMax),
        Math.Max(CpuShare, other.CpuShare),
        Math.Max(GcPauseShare, other.GcPauseShare),
        Math.Max(ThreadPoolQueueMax, other.ThreadPoolQueueMax),
        Math.Max(ThreadPoolQueueMin, other.ThreadPoolQueueMin),
        Math.Max(ReadBacklogMsMax, other.ReadBacklogMsMax),
        ArrivalsDropped + other.ArrivalsDropped);
}
