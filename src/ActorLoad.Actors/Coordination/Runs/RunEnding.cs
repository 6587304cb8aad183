using ActorLoad.Actors.Coordination.Shares;
using ActorLoad.Messages.Cluster;

namespace ActorLoad.Actors.Coordination.Runs;

/// <summary>Did a run, or a worker's part of it, end before the plan does, and is anybody left to carry it on? Plain logic.</summary>
internal static class RunEnding
{
    // Whatever ends by so much before the plan was ended by somebody.
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(3);

    /// <param name="end">Offset of the run.</param>
    public static bool IsEarly(TimeSpan end, TimeSpan duration) => end + Early < duration;

    /// <summary>Whether there is nobody who could be given users, now or soon.</summary>
    /// <param name="joining">How many get ready to join.</param>
    public static bool IsDeserted(IEnumerable<RosterSeat> seats, int joining) => joining == 0 && !seats.Any(s => s.State == RosterState.Active);

    /// <summary>
    /// At a take-over: whether the run was being stopped when its coordinator went. Workers do not drain before the plan's end unless
    /// they are told to, or have been alone for so long that they gave the run up.
    /// </summary>
    /// <param name="phases">Of the workers that have it.</param>
    public static bool WasStopped(IReadOnlyCollection<RunPhase> phases, TimeSpan elapsed, TimeSpan duration)
    {
        var begun = phases.Where(p => p != RunPhase.Preparing).ToList();
        return begun.Count > 0 && begun.All(p => p is RunPhase.Draining or RunPhase.Ended) && IsEarly(elapsed, duration);
    }
}
