using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Coordination;

/// <summary>Shares that come to a worker and go away from it in the middle of a run.</summary>
public sealed class WorkerShareTests : WorkerKit
{
    private static ShareGrant Grant(int epoch, params int[] shares) => new(epoch, TimeSpan.Zero, shares);

    [Fact]
    public void Users_of_a_share_that_goes_away_leave_and_then_the_coordinator_hears_of_it()
    {
        PrepareAndStart(Run, Scenario(users: 12, onStop: 5), Shares(1, 4, Grant(1, 0, 1, 2)));
        AwaitUsers(0, 1, 2, 4, 5, 6, 8, 9, 10);
        Assign(Shares(2, 4, Grant(1, 0, 2)));
        Assign(Shares(2, 4, Grant(1, 0, 2)));
        Settle(Worker);
        Coordinator.ExpectNoMsg(TimeSpan.Zero);
        Walk(4.9);
        Coordinator.ExpectNoMsg(TimeSpan.Zero);
        Walk(0.2);
        ExpectAssigned(2);
        AwaitUsers(0, 2, 4, 6, 8, 10);

        // Said again it is answered again, and an older roster changes nothing.
        Assign(Shares(2, 4, Grant(1, 0, 2)));
        ExpectAssigned(2);
        Assign(Shares(1, 4, Grant(1, 0, 1, 2, 3)));
        ExpectAssigned(1);
        Walk(0.1);
        AwaitUsers(0, 2, 4, 6, 8, 10);
        Coordinator.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Users_of_a_share_that_comes_start_and_the_answer_is_given_at_once()
    {
        PrepareAndStart(Run, Scenario(users: 8), Shares(1, 4, Grant(1, 0)));
        AwaitUsers(0, 4);
        Assign(Shares(2, 4, Grant(1, 0), Grant(2, 3)));
        ExpectAssigned(2);
        Walk(0.1);
        AwaitUsers(0, 3, 4, 7);
        Stop(Run, StopMode.Now);
        Assert.Equal(4, ExpectDrained(Run)[Counter.UsersStarted]);
    }

    [Fact]
    public void A_share_that_comes_back_while_its_users_are_on_their_way_out_has_them_again_when_they_are_gone()
    {
        PrepareAndStart(Run, Scenario(users: 2, onStop: 3), Shares(1, 2, Grant(1, 0, 1)));
        AwaitUsers(0, 1);
        Assign(Shares(2, 2, Grant(1, 0)));
        Settle(Worker);
        Walk(1);
        Assign(Shares(3, 2, Grant(1, 0), Grant(3, 1)));
        Walk(1);
        Coordinator.ExpectNoMsg(TimeSpan.Zero);
        Walk(1.5);
        ExpectAssigned(2);
        ExpectAssigned(3);
        AwaitUsers(0, 1);
        Stop(Run, StopMode.Now);
        Assert.Equal(3, ExpectDrained(Run)[Counter.UsersStarted]);
    }

    [Fact]
    public void Whoever_does_not_leave_in_time_is_cut()
    {
        PrepareAndStart(Run, Scenario(users: 2, onStop: 3600), Shares(1, 2, Grant(1, 0, 1)));
        Assign(Shares(2, 2, Grant(1, 0)));
        Settle(Worker);
        PassSeconds(29);
        Coordinator.ExpectNoMsg(TimeSpan.Zero);
        Advance(Seconds(1.1));
        ExpectAssigned(2);
        AwaitUsers(0);
    }

    [Fact]
    public void Streams_of_users_that_move_are_closed_even_where_leaving_abandons_them()
    {
        var type = SmallScenario.Reader("reader", SmallScenario.Receive("/", 1)) with { OnLeave = LeaveMode.Abandon };
        PrepareAndStart(Run, SmallScenario.Create((0, 4), (3600, 4)) with { UserTypes = [type] }, Shares(1, 2, Grant(1, 0, 1)));
        var connector = Assert.Single(Connectors);
        AwaitCondition(() => connector.BodiesRead == 4);
        Assign(Shares(2, 2, Grant(1, 1)));
        ExpectAssigned(2);
        AwaitCondition(() => connector.BodiesClosed == 2);
    }

    [Fact]
    public void Replacements_in_a_share_that_has_moved_have_ids_of_their_own()
    {
        var type = SmallScenario.Reader("reader", new PauseStep(SmallScenario.Constant(Seconds(1)))) with { Iterations = 1 };
        PrepareAndStart(Run, SmallScenario.Create((0, 4), (3600, 4)) with { UserTypes = [type] }, Shares(1, 2, Grant(1, 0)));
        AwaitUsers(0, 2);
        Assign(Shares(2, 2, Grant(1, 0), Grant(2, 1)));
        ExpectAssigned(2);
        Advance(Seconds(0.05));

        // Both places of the other share may have had users that left by themselves.
        AwaitUsers(0, 2, 2_000_000_005, 2_000_000_007);
    }

    [Fact]
    public void Arrivals_of_a_share_that_moves_change_hands_at_the_moment_that_the_roster_says()
    {
        var visitor = SmallScenario.Reader("visitor", new PauseStep(SmallScenario.Constant(TimeSpan.Zero))) with { Iterations = 1 };
        var scenario = SmallScenario.Create() with { Load = LoadPlan.Open([(Seconds(10), 20)]), UserTypes = [visitor] };
        PrepareAndStart(Run, scenario, Shares(1, 2, Grant(1, 0, 1)));
        Walk(2);

        // Share 1 is somebody else's from 4 s on, and the worker's again from 7 s on.
        Assign(Shares(2, 2, Grant(1, 0)) with { Effective = Seconds(4) });
        ExpectAssigned(2);
        Walk(4);
        Assign(Shares(3, 2, Grant(1, 0), new ShareGrant(3, Seconds(7), [1])) with { Effective = Seconds(7) });
        ExpectAssigned(3);
        Walk(3.9);
        Advance(Seconds(0.1));
        Settle(Worker);
        Assert.Equal(200 - 30, ExpectDrained(Run)[Counter.UsersStarted]);
    }

    [Fact]
    public void One_that_is_leaving_drains_when_its_last_share_is_gone()
    {
        PrepareAndStart(Run, Scenario(users: 4, onStop: 2), Shares(1, 2, Grant(1, 0, 1)));
        Assign(Leaving(2, Grant(1, 1)));
        Settle(Worker);
        Walk(2.2);
        ExpectAssigned(2);
        Walk(1);
        Coordinator.ExpectNoMsg(TimeSpan.Zero);
        Assign(Leaving(3));
        Settle(Worker);
        AdvanceUntil(() => Coordinator.HasMessages, Seconds(0.1));
        ExpectAssigned(3);
        AdvanceUntil(() => Coordinator.HasMessages, Seconds(0.1));
        Assert.Equal(4, ExpectDrained(Run)[Counter.UsersFinished]);
    }

    [Fact]
    public void One_that_is_leaving_an_open_run_deals_with_its_arrivals_until_they_are_somebody_elses()
    {
        var visitor = SmallScenario.Reader("visitor", new PauseStep(SmallScenario.Constant(SmallScenario.Long)));
        var scenario = SmallScenario.Create() with { Load = LoadPlan.Open([(Seconds(60), 10)]), UserTypes = [visitor] };
        PrepareAndStart(Run, scenario);
        Walk(1);
        Assign(new Roster(2, 1, Seconds(3), [new RosterEntry(Id, "here", 0, RosterState.Leaving, [])]));
        ExpectAssigned(2);
        Walk(1.9);
        Coordinator.ExpectNoMsg(TimeSpan.Zero);
        Advance(Seconds(0.1));
        Settle(Worker);
        Assert.Equal(30, ExpectDrained(Run)[Counter.UsersStarted]);
    }

    [Fact]
    public void While_it_drains_a_roster_is_answered_when_all_users_are_gone()
    {
        PrepareAndStart(Run, Scenario(users: 2, onStop: 5), Shares(1, 2, Grant(1, 0, 1)));
        AwaitUsers(0, 1);
        Stop(Run, StopMode.Graceful);
        Assign(Shares(2, 2));
        Settle(Worker);
        Walk(4);
        Coordinator.ExpectNoMsg(TimeSpan.Zero);
        Stop(Run, StopMode.Now);
        ExpectAssigned(2);
        ExpectDrained(Run);
        Assign(Shares(3, 2));
    }

    [Fact]
    public void A_run_that_is_over_for_this_worker_is_cut_and_forgotten()
    {
        PrepareAndStart(Run, Scenario(users: 2, onStop: 3600));
        AwaitUsers(0, 1);
        Acknowledges = false;
        Tell(new WorkerProtocol.Stop(Run, StopMode.Now));
        Tell(new WorkerProtocol.RunOver(Run, Reported: true));
        AwaitCondition(() => Assert.Single(Connectors).IsDisposed);
        Prepare(Next, Scenario(users: 1));
        Assert.Equal(Next, Coordinator.FishForMessage<WorkerProtocol.Prepared>(_ => true).Run);
    }

    private static Scenario Scenario(int users, double onStop = 0) => SmallScenario.Create((0, users), (3600, users)) with
    {
        UserTypes =
        [
            SmallScenario.Reader("reader", new PauseStep(SmallScenario.Constant(TimeSpan.Zero))) with
            {
                OnStop = [new PauseStep(SmallScenario.Constant(Seconds(onStop)))],
            },
        ],
    };

    private static Roster Leaving(int epoch, params ShareGrant[] grants) =>
        new(epoch, 2, TimeSpan.Zero, [new RosterEntry(Id, "here", 0, RosterState.Leaving, grants)]);

    private void Assign(Roster roster) => Tell(new WorkerProtocol.Assign(Run, roster));

    private void ExpectAssigned(int epoch) =>
        Assert.Equal(new WorkerProtocol.Assigned(Run, Id, epoch), Coordinator.ExpectMsg<WorkerProtocol.Assigned>());

    private void AwaitUsers(params long[] ids) => AwaitAssert(() =>
    {
        var users = Child("users");
        Settle(users);
        var there = ((ActorRefWithCell)users).Children.Select(c => long.Parse(c.Path.Name["user-".Length..], null));
        Assert.Equal(ids, there.Order());
    });

    // Step by step, so that what a tick sets going among worker, users and user is done before the next one.
    private void Walk(double seconds)
    {
        for (var passed = 0; passed < Math.Round(seconds * 20); passed++)
        {
            Advance(Seconds(0.05));
            Settle(Worker);
            Settle(Child("users"));
            Settle(Worker);
        }
    }
}
