using ActorLoad.Actors.Coordination;
using ActorLoad.Actors.Stats;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using ActorLoad.Messages.Wire;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Coordination;

/// <summary>What a worker of a cluster keeps on its disk, and what becomes of it without a coordinator and when the node leaves.</summary>
public sealed class WorkerSpoolTests() : WorkerKit(spools: true)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private string Windows1 => Path.Combine(SpoolFolder, "run-1", "w.windows");

    private string Run1 => Path.Combine(SpoolFolder, "run-1", "w.run");

    private static Scenario Quiet => SmallScenario.Create((0, 3), (3600, 3)) with
    {
        Cluster = new ClusterSettings { OrphanTimeout = Patience },
    };

    [Fact]
    public void All_windows_are_on_disk_until_the_run_is_over()
    {
        PrepareAndStart(Run, Quiet);
        PassSeconds(3);
        AwaitAssert(() => Assert.Equal([0, 1, 2], Numbers()));
        Acknowledges = false;
        Stop(Run, StopMode.Now);
        ExpectDrained(Run);
        Assert.Equal([0, 1, 2, 3], Numbers());
        Acknowledges = true;
        AdvanceUntil(() => !Directory.Exists(Path.Combine(SpoolFolder, "run-1")), Seconds(1));
    }

    [Fact]
    public void A_new_coordinator_gets_all_of_them_again()
    {
        PrepareAndStart(Run, Quiet);
        PassSeconds(5);
        AwaitAssert(() => Assert.Equal([0, 1, 2, 3, 4], Reported.Select(w => w.Number)));
        Reported.Clear();
        Tell(new WorkerProtocol.ResendWindows(Run, 2));
        AwaitAssert(() => Assert.Equal([2, 3, 4], Reported.Select(w => w.Number)));
        Tell(new WorkerProtocol.ResendWindows(Next, 0));
        Tell(new WorkerProtocol.ResendWindows(Run, 0));
        AwaitAssert(() => Assert.Equal([2, 3, 4, 0, 1, 2, 3, 4], Reported.Select(w => w.Number)));
    }

    [Fact]
    public void Also_when_it_has_drained()
    {
        PrepareAndStart(Run, Quiet);
        PassSeconds(2);
        Acknowledges = false;
        Stop(Run, StopMode.Now);
        ExpectDrained(Run);
        Reported.Clear();
        Tell(new WorkerProtocol.ResendWindows(Run, 0));
        AwaitAssert(() => Assert.Equal([0, 1, 2], Reported.Select(w => w.Number)));
        Assert.True(Reported.Last().IsLast);
    }

    [Fact]
    public void The_run_itself_is_there_too_with_its_newest_roster()
    {
        PrepareAndStart(Run, Quiet);
        AwaitAssert(() => Assert.Equal((Run, 1, Time.GetUtcNow()), (Described().Order.Run, Described().Roster.Epoch, Described().StartedAt)));
        Tell(new WorkerProtocol.Assign(Run, Whole with { Epoch = 4 }));
        AwaitAssert(() => Assert.Equal(4, Described().Roster.Epoch));
    }

    [Fact]
    public void A_disk_that_takes_nothing_does_not_end_the_run()
    {
        File.WriteAllText(SpoolFolder, "");
        PrepareAndStart(Run, Quiet);
        PassSeconds(3);
        AwaitAssert(() => Assert.Equal(3, Reported.Count));
        Tell(new WorkerProtocol.ResendWindows(Run, 0));
        AwaitAssert(() => Assert.Equal([0, 1, 2, 0, 1, 2], Reported.Select(w => w.Number)));
        Stop(Run, StopMode.Now);
        Assert.Equal(3, ExpectDrained(Run)[Counter.UsersFinished]);
    }

    [Fact]
    public void Without_a_coordinator_users_go_on_for_the_orphan_timeout_and_then_leave_and_all_windows_wait_for_the_next_one()
    {
        PrepareAndStart(Run, Quiet);
        PassSeconds(2);
        Silent = true;
        PassSeconds(9);
        Assert.Equal(3, Users());
        PassSeconds(4);
        AwaitAssert(() => Assert.True(Last()?.IsLast));
        var windows = Numbers();
        PassSeconds(30);
        Assert.Equal(windows, Numbers());
        Reported.Clear();

        (Acknowledges, Silent) = (false, false);
        PassSeconds(2);
        Tell(new WorkerProtocol.ResendWindows(Run, 0));
        ExpectDrained(Run);
        Acknowledges = true;
        AdvanceUntil(() => !File.Exists(Windows1), Seconds(1));
    }

    [Fact]
    public void Acknowledged_windows_are_a_word_from_the_coordinator_too()
    {
        PrepareAndStart(Run, Quiet);
        NoGreetings = true;
        PassSeconds(30);
        Assert.Equal(3, Users());
    }

    [Fact]
    public void A_run_that_broke_keeps_its_windows_until_it_is_over()
    {
        PrepareAndStart(Run, Quiet);
        PassSeconds(2);
        Child("users").Tell(Kill.Instance);
        Coordinator.ExpectMsg<WorkerProtocol.Failed>();
        AwaitCondition(() => Connectors.First().IsDisposed);
        Assert.Equal([0, 1], Numbers());
        Tell(new WorkerProtocol.Stop(Run, StopMode.Now));
        Settle(Worker);
        Assert.True(File.Exists(Windows1));
        Tell(new WorkerProtocol.RunOver(Run, Reported: true));
        AwaitCondition(() => !File.Exists(Windows1));
    }

    [Fact]
    public void Windows_that_no_report_has_stay_and_are_named_when_the_node_leaves()
    {
        PrepareAndStart(Run, Quiet);
        PassSeconds(2);
        Acknowledges = false;
        Tell(new WorkerProtocol.RunOver(Run, Reported: false));
        ExpectDrained(Run);
        AwaitCondition(() => Connectors.First().IsDisposed);
        Assert.Equal([0, 1, 2], Numbers());
        Leave();
        Assert.Equal(Windows1, ExpectMsg<WorkerActor.Left>().Spool);
    }

    [Fact]
    public void Also_those_of_a_run_that_broke()
    {
        PrepareAndStart(Run, Quiet);
        PassSeconds(2);
        Child("users").Tell(Kill.Instance);
        Coordinator.ExpectMsg<WorkerProtocol.Failed>();
        AwaitCondition(() => Connectors.First().IsDisposed);
        Tell(new WorkerProtocol.RunOver(Run, Reported: false));
        Leave();
        Assert.Equal(Windows1, ExpectMsg<WorkerActor.Left>().Spool);
        Assert.Equal([0, 1], Numbers());
    }

    [Fact]
    public void Leaving_without_a_run_takes_no_time_and_no_run_is_taken_any_more()
    {
        Leave();
        Assert.Null(ExpectMsg<WorkerActor.Left>().Spool);
        Assert.Equal(new WorkerProtocol.Leaving(Id), Coordinator.ExpectMsg<WorkerProtocol.Leaving>());
        Leave();
        ExpectMsg<WorkerActor.Left>();
        Coordinator.ExpectMsg<WorkerProtocol.Leaving>();
        Prepare(Run, Quiet);
        Settle(Worker);
        Coordinator.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Leaving_with_a_run_that_has_not_begun_takes_no_time_either()
    {
        Prepare(Run, Quiet);
        Assert.Null(Coordinator.ExpectMsg<WorkerProtocol.Prepared>().Problem);
        Leave();
        Assert.Null(ExpectMsg<WorkerActor.Left>().Spool);
        ExpectLeaving();
        Assert.True(Connectors.First().IsDisposed);
        Tell(new WorkerProtocol.Start(Run, Time.GetUtcNow()));
        Tell(new WorkerProtocol.RunOver(Run, Reported: false));
        PassSeconds(2);
        Assert.Empty(Reported);
        ExpectNoMsg(TimeSpan.Zero);
        Coordinator.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Leaving_with_a_run_is_said_again_until_the_run_is_over_and_then_all_who_asked_are_answered()
    {
        PrepareAndStart(Run, Quiet);
        Leave();
        Leave();
        ExpectLeaving();
        ExpectLeaving();
        PassSeconds(2);
        ExpectLeaving();
        ExpectNoMsg(TimeSpan.Zero);
        Tell(new WorkerProtocol.Assign(Run, new Roster(2, 1, TimeSpan.Zero, [new RosterEntry(Id, "here", 0, RosterState.Leaving, [])])));
        Coordinator.ExpectMsg<WorkerProtocol.Assigned>();
        ExpectDrained(Run);
        Assert.Null(ExpectMsg<WorkerActor.Left>().Spool);
        Assert.Null(ExpectMsg<WorkerActor.Left>().Spool);
        Assert.False(File.Exists(Windows1));
    }

    [Fact]
    public void Leaving_waits_for_nobody_longer_than_45_seconds_and_says_where_the_windows_are()
    {
        PrepareAndStart(Run, Quiet with { GracefulStop = Seconds(5), Cluster = new ClusterSettings() });
        PassSeconds(1);
        Silent = true;
        Leave();
        PassSeconds(49);
        ExpectNoMsg(TimeSpan.Zero);
        PassSeconds(3);
        Assert.Equal(Windows1, ExpectMsg<WorkerActor.Left>().Spool);
        Assert.NotEmpty(Numbers());
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        if (Directory.Exists(SpoolFolder))
        {
            Directory.Delete(SpoolFolder, recursive: true);
        }

        File.Delete(SpoolFolder);
    }

    private void Leave() => Worker.Tell(WorkerActor.Leave.Instance, TestActor);

    private void ExpectLeaving() => Assert.Equal(new WorkerProtocol.Leaving(Id), Coordinator.ExpectMsg<WorkerProtocol.Leaving>());

    private int[] Numbers()
    {
        using var spool = WindowSpool.OpenForReading(Windows1);
        return [.. spool.Numbers.Order()];
    }

    private StatsWindow? Last()
    {
        using var spool = WindowSpool.OpenForReading(Windows1);
        return spool.Read(spool.Numbers.Max());
    }

    private WorkerProtocol.RunDescription Described() =>
        (WorkerProtocol.RunDescription)WireMessages.Decode("run-description/1", File.ReadAllBytes(Run1));
}
