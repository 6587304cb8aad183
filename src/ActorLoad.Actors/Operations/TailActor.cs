using Akka.Actor;
using Akka.Cluster;

namespace ActorLoad.Actors.Operations;

/// <summary>Turns cluster events into lines for one listener. A listener that fails ends it; nothing restarts it.</summary>
internal sealed class TailActor(Action<string> onLine) : UntypedActor
{
    protected override void PreStart() => Cluster.Get(Context.System).Subscribe(
        Self,
        ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
        typeof(ClusterEvent.IMemberEvent),
        typeof(ClusterEvent.IReachabilityEvent),
        typeof(ClusterEvent.LeaderChanged));

    protected override void PostStop() => Cluster.Get(Context.System).Unsubscribe(Self);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ClusterEvent.IMemberEvent member:
                onLine(MemberRow.Of(member.Member, reachable: true).ToString());
                break;
            case ClusterEvent.UnreachableMember unreachable:
                onLine(MemberRow.Of(unreachable.Member, reachable: false).ToString());
                break;
            case ClusterEvent.ReachableMember reachable:
                onLine(MemberRow.Of(reachable.Member, reachable: true).ToString());
                break;
            case ClusterEvent.LeaderChanged leader:
                onLine($"leader: {leader.Leader?.ToString() ?? "none"}");
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}
