using System.Globalization;
using ActorLoad.Actors.Coordination.Registry;
using ActorLoad.Actors.Coordination.Shares;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Coordination.Runs;

/// <summary>Are the workers that are there enough for a run? Plain logic.</summary>
internal static class WorkerNeed
{
    /// <returns>What is missing, as a note to whoever waits; null = nothing.</returns>
    public static string? Waiting(IReadOnlyCollection<WorkerCard> workers, Scenario scenario) => (Count(workers, scenario), Capacity(workers, scenario)) switch
    {
        ({ } min, _) => $"waits for workers: {workers.Count} of {min}",
        (_, { } c) => string.Create(CultureInfo.InvariantCulture, $"waits for workers: {c.Holds:#,0} of {c.Needs:#,0} connections"),
        _ => null,
    };

    /// <returns>Why the run fails after it has waited for so long; null = it has what it needs.</returns>
    public static string? Problem(IReadOnlyCollection<WorkerCard> workers, Scenario scenario)
    {
        var waited = $"{scenario.Cluster.WorkerTimeout.TotalSeconds:0.###} s";
        return (Count(workers, scenario), Capacity(workers, scenario)) switch
        {
            ({ } min, _) => $"{workers.Count} of {min} {(min == 1 ? "worker" : "workers")} came within {waited}",
            (_, { } c) => string.Create(
                CultureInfo.InvariantCulture,
                $"the {workers.Count} workers can hold {c.Holds:#,0} connections, the scenario needs {c.Needs:#,0}, and no more came within {waited}: ")
                + "start more workers, raise their open-file limit (ulimit -n) or give them more source addresses",
            _ => null,
        };
    }

    /// <returns>How many workers are needed; null when as many are there.</returns>
    private static int? Count(IReadOnlyCollection<WorkerCard> workers, Scenario scenario)
    {
        var min = Math.Max(1, scenario.Cluster.MinWorkers);
        return workers.Count < min ? min : null;
    }

    private static (long Holds, long Needs)? Capacity(IReadOnlyCollection<WorkerCard> workers, Scenario scenario)
    {
        var needs = StreamDemand.Connections(scenario);
        var holds = 0L;
        foreach (var worker in workers)
        {
            if (WorkerLimit.Connections(worker.Capacity, scenario) is not { } limit)
            {
                return null;
            }

            holds += limit;
        }

        return holds < needs ? (holds, needs) : null;
    }
}
