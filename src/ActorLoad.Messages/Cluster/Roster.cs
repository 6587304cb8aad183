using ActorLoad.Messages.Identifiers;

namespace ActorLoad.Messages.Cluster;

/// <summary>
/// Who runs what of a run. The plan is cut into <paramref name="Of"/> shares: share s is the segment s..s+1 of <paramref name="Of"/>, and every
/// share belongs to at most one worker. All workers get the same roster and find their own row in it; one of them tells it to a
/// coordinator that takes the run over.
/// </summary>
/// <param name="Epoch">Grows with every change, from 1. A worker ignores a roster that is not newer than its own.</param>
/// <param name="Effective">Offset of the run from which arrivals of the open model follow this roster; those due before follow the one before.</param>
/// <param name="Workers">Everybody who ever took part, also those who are gone.</param>
public sealed record Roster(int Epoch, int Of, TimeSpan Effective, RosterEntry[] Workers)
{
    public const int MostShares = 1_000_000;

    public RosterEntry? EntryOf(WorkerId worker) => Workers.FirstOrDefault(w => w.Worker == worker);

    /// <summary>Whether its numbers can be worked with, which those of another node need not be.</summary>
    public bool IsSound => Of is >= 1 and <= MostShares && Workers.All(w => w.FirstWindow >= 0 && w.Shares.All(s => s >= 0 && s < Of));
}
