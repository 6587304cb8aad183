using Akka.Actor;
using Akka.Cluster;

namespace ActorLoad.Actors.Coordination.SplitBrain;

/// <summary>What Akka.Cluster's last gossip says.</summary>
internal sealed class AkkaSplitCluster(Akka.Cluster.Cluster cluster, string coordinatorRole) : ISplitCluster
{
    public IReadOnlyCollection<SplitMember> Members
    {
        get
        {
            var state = cluster.State;
            return state.Members.Any(m => m.UniqueAddress == cluster.SelfUniqueAddress)
                ? [.. state.Members.Select(m => Of(m, !state.Unreachable.Contains(m)))]
                : [];
        }
    }

    public bool IsLeader => cluster.State.Leader == cluster.SelfAddress;

    public bool IsSelf(SplitMember member) => member.Address == Text(cluster.SelfAddress);

    public void Down(SplitMember member)
    {
        // A new incarnation at the same address is not meant.
        if (cluster.State.Members.FirstOrDefault(m => Text(m.Address) == member.Address && m.UniqueAddress.Uid == member.Incarnation) is { } known)
        {
            cluster.Down(known.Address);
        }
    }

    private static string Text(Address address) => $"{address.Host}:{address.Port}";

    private static MemberStage Stage(MemberStatus status) => status switch
    {
        MemberStatus.Joining or MemberStatus.WeaklyUp => MemberStage.Coming,
        MemberStatus.Up or MemberStatus.Leaving => MemberStage.In,
        MemberStatus.Exiting => MemberStage.Going,
        _ => MemberStage.Down,
    };

    private SplitMember Of(Member member, bool isReachable) =>
        new(Text(member.Address), member.UniqueAddress.Uid, Stage(member.Status), member.HasRole(coordinatorRole), isReachable);
}
