using ActorLoad.Actors.Coordination.SplitBrain;
using ActorLoad.Actors.Tests.Stats;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Coordination.SplitBrain;

public sealed class SplitBrainActorTests : VirtualTimeKit
{
    private static readonly SplitMember C1 = new("c1:1", 1, MemberStage.In, IsCoordinator: true, IsReachable: true);
    private static readonly SplitMember C2 = new("c2:1", 2, MemberStage.In, IsCoordinator: true, IsReachable: true);
    private static readonly SplitMember W = new("w:1", 3, MemberStage.In, IsCoordinator: false, IsReachable: true);

    private readonly FakeSplitCluster _cluster = new(C2) { Members = [C1, C2, W], IsLeader = true };
    private readonly IActorRef _actor;

    public SplitBrainActorTests()
    {
        _actor = Sys.ActorOf(SplitBrainActor.Props(_cluster, Seconds(4), Time));
        Settle(_actor);
    }

    [Fact]
    public void Who_cannot_be_reached_for_long_enough_is_declared_dead()
    {
        Pass(10);
        _cluster.Members = [C1 with { IsReachable = false }, C2, W];
        Pass(4);
        Assert.Empty(_cluster.Downed);
        Pass(1);
        Assert.Equal("c1:1", _cluster.Downed.Distinct().Single());
    }

    [Fact]
    public void Every_change_begins_the_time_anew()
    {
        _cluster.Members = [C1 with { IsReachable = false }, C2, W];
        Pass(3);
        _cluster.Members = [C1, C2, W];
        Pass(3);
        _cluster.Members = [C1 with { IsReachable = false }, C2, W];
        Pass(4);
        Assert.Empty(_cluster.Downed);
        Pass(1);
        Assert.Equal("c1:1", _cluster.Downed.Distinct().Single());
    }

    [Fact]
    public void The_side_that_loses_is_declared_dead_by_itself_and_the_leader_comes_last()
    {
        _cluster.Members = [C2, C1 with { IsReachable = false }, W with { IsReachable = false }, W with { Address = "joins:1", Stage = MemberStage.Coming }];
        Pass(5);
        Assert.Equal(["joins:1", "c2:1"], _cluster.Downed.Take(2));
        Assert.DoesNotContain("c1:1", _cluster.Downed);
    }

    [Fact]
    public void Only_the_leader_of_a_side_acts()
    {
        _cluster.IsLeader = false;
        _cluster.Members = [C1 with { IsReachable = false }, C2, W];
        Pass(10);
        Assert.Empty(_cluster.Downed);
        _cluster.IsLeader = true;
        Pass(1);
        Assert.Equal("c1:1", _cluster.Downed.Distinct().Single());
    }

    [Fact]
    public void Nobody_is_declared_dead_before_this_node_is_a_member_or_when_all_can_be_reached()
    {
        Pass(10);
        _cluster.Members = [];
        Pass(10);
        Assert.Empty(_cluster.Downed);
    }

    private void Pass(int seconds)
    {
        for (var i = 0; i < 2 * seconds; i++)
        {
            Advance(Seconds(0.5));
            Settle(_actor);
        }
    }
}
