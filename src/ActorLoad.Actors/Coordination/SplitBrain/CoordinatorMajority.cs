namespace ActorLoad.Actors.Coordination.SplitBrain;

/// <summary>
/// Which side of a split cluster goes on: the one with more coordinators; with as many on both sides the one with more members; and
/// with as many of them, too, the one with the lowest address. So one coordinator carries on after the death of the other, because
/// the workers are on its side, and never do two sides go on.
/// </summary>
/// <remarks>
/// Akka's own strategies cannot say this: a static quorum does not know a death from a split when one of two coordinators is left,
/// a majority of coordinators decides two of them by their addresses alone, and the oldest member may be a worker.
/// <para>Each side knows the stages of the other one's members as they were at the cut, and may be a stage behind. Therefore everything is
/// counted in favour of the other side: its members that come and go as well, its own only if they are fully in.</para>
/// </remarks>
internal static class CoordinatorMajority
{
    public static SplitVerdict Decide(IReadOnlyCollection<SplitMember> members)
    {
        if (!members.Any(IsMissing))
        {
            return SplitVerdict.Whole;
        }

        var here = members.Where(m => m is { IsReachable: true, Stage: MemberStage.In }).ToList();
        var there = members.Where(IsMissing).ToList();
        var balance = Balance(here, there, m => m.IsCoordinator);
        balance = balance != 0 ? balance : Balance(here, there, _ => true);
        balance = balance != 0 ? balance : string.CompareOrdinal(Lowest(there), Lowest(here));
        return balance > 0 ? SplitVerdict.Survive : SplitVerdict.End;
    }

    private static bool IsMissing(SplitMember member) => member is { IsReachable: false, Stage: not MemberStage.Down };

    private static int Balance(List<SplitMember> here, List<SplitMember> there, Func<SplitMember, bool> counts) => here.Count(counts) - there.Count(counts);

    private static string? Lowest(List<SplitMember> side) => side.Select(m => m.Address).Min(StringComparer.Ordinal);
}
