using Akka.Actor;
using Akka.Event;

namespace ActorLoad.Actors.Coordination.SplitBrain;

/// <summary>
/// Looks twice a second at who cannot be reached, and when nothing has changed for a while it declares dead whom
/// <see cref="CoordinatorMajority"/> says. Only the leader of a side acts.
/// </summary>
internal sealed class SplitBrainActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly ISplitCluster _cluster;

    public SplitBrainActor(ISplitCluster cluster, TimeSpan stableAfter, TimeProvider time)
    {
        _cluster = cluster;
        var stability = new SplitStability(stableAfter);
        var started = time.GetTimestamp();
        Receive<Look>(_ =>
        {
            var members = cluster.Members;
            if (stability.IsStable(time.GetElapsedTime(started), members) && cluster.IsLeader)
            {
                Act(CoordinatorMajority.Decide(members), members);
            }
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(ISplitCluster cluster, TimeSpan stableAfter, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new SplitBrainActor(cluster, stableAfter, time));

    protected override void PreStart() => Timers.StartPeriodicTimer(Look.Instance, Look.Instance, Interval);

    private void Act(SplitVerdict verdict, IReadOnlyCollection<SplitMember> members)
    {
        if (verdict == SplitVerdict.Whole)
        {
            return;
        }

        // Whoever is declared dead here stops; this node comes last, so that the others still hear of it.
        var survives = verdict == SplitVerdict.Survive;
        var dead = members.Where(m => m.IsReachable != survives && m.Stage != MemberStage.Down).OrderBy(_cluster.IsSelf).ToList();
        Context.GetLogger().Warning(
            survives
                ? "unreachable and declared dead: {0}"
                : "the other side of the cluster has the majority of coordinators: {0} are taken out of the cluster",
            string.Join(", ", dead.Select(m => m.Address)));
        foreach (var member in dead)
        {
            _cluster.Down(member);
        }
    }

    private sealed class Look
    {
        public static readonly Look Instance = new();

        private Look()
        {
        }
    }
}
