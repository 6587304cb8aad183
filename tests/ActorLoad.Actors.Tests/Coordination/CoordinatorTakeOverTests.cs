using ActorLoad.Actors.Coordination;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using Akka.Actor;
using Akka.TestKit;

namespace ActorLoad.Actors.Tests.Coordination;

/// <summary>A coordinator that knows nothing, and workers that have a run already.</summary>
public sealed class CoordinatorTakeOverTests : CoordinatorKit
{
    private static readonly WorkerId C = new("c");
    private static readonly Scenario Calm = Minute;
    private static readonly DateTimeOffset Today = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TestProbe _recorded;

    public CoordinatorTakeOverTests()
        : this(new Told())
    {
    }

    private CoordinatorTakeOverTests(Told told)
        : base(o => o with { Recorder = order => FakeRecorder.Props(order, told) })
    {
        _recorded = CreateTestProbe("recorded");
        told.Probe = _recorded;
    }

    [Fact]
    public void The_worker_that_knows_most_is_asked_and_the_run_carried_on_from_the_first_window()
    {
        Come(ProbeA, A, epoch: 3);
        Come(ProbeB, B, epoch: 4);
        Submit(new RunId("run-2"));
        Assert.Equal(new WorkerProtocol.DescribeRun(Run), Listened(ProbeB));
        Describe(ProbeB, Roster(4, (A, RosterState.Active), (B, RosterState.Active)), Today - Seconds(10));

        var roster = ProbeA.FishForMessage<WorkerProtocol.Assign>(_ => true).Roster;
        Assert.Equal(5, roster.Epoch);
        Assert.Equal([420, 420], roster.Workers.Select(w => w.Shares.Count()));
        Assert.Equal(new WorkerProtocol.ResendWindows(Run, 0), ProbeB.FishForMessage<WorkerProtocol.ResendWindows>(_ => true));
        Assert.Equal(RunPhase.Running, Status().Phase);
        Assert.Equal(Today - Seconds(10), Status().StartedAt);

        for (var n = 0; n < 60; n++)
        {
            Report(ProbeA, A, n, events: 1);
            Report(ProbeB, B, n, events: 10);
        }

        Drained(ProbeA, A, 59);
        Drained(ProbeB, B, 59);
        var outcome = Recorded();
        Assert.Equal((Run, StopReason.Completed, 660L), (outcome.Run, outcome.Reason, outcome.Totals[Counter.Events]));
        Assert.Equal([(RunMarkKind.CoordinatorMoved, "here", Seconds(12))], outcome.Marks.Select(m => (m.Kind, m.Node, m.At)));
        Assert.Empty(outcome.Doubts);
        Assert.Equal(Today - Seconds(10), outcome.StartedAt);
        ProbeA.FishForMessage<WorkerProtocol.RunOver>(_ => true);

        // Only then it is the turn of what was submitted here.
        Advance(Seconds(4));
        ProbeA.FishForMessage<WorkerProtocol.Prepare>(p => p.Run == new RunId("run-2"));
    }

    [Fact]
    public void What_is_not_known_yet_is_not_acknowledged()
    {
        Come(ProbeA, A, epoch: 3);
        Coordinator.Tell(new WorkerProtocol.WindowReport(Windows.Create(Run, A, 9)), ProbeA);
        Settle(Coordinator);
        Settle(Coordinator);
        ProbeA.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_question_without_an_answer_is_asked_again_and_of_another_when_its_worker_is_lost()
    {
        Come(ProbeA, A, epoch: 3);
        Come(ProbeB, B, epoch: 4);
        Listened(ProbeB);
        SettleRun();
        Advance(Seconds(2));
        ProbeB.FishForMessage<WorkerProtocol.DescribeRun>(_ => true);
        Lose(ProbeB);
        ProbeA.FishForMessage<WorkerProtocol.DescribeRun>(_ => true);
    }

    [Fact]
    public void A_worker_that_does_not_come_in_time_is_lost_and_what_it_measured_is_missing()
    {
        Come(ProbeA, A, epoch: 4);
        Listened(ProbeA);
        Describe(
            ProbeA,
            Roster(4, (A, RosterState.Active), (B, RosterState.Active), (C, RosterState.Left)),
            Today - Seconds(10));
        SettleRun();
        ProbeA.ExpectNoMsg(TimeSpan.Zero);
        Advance(Seconds(18));
        var roster = ProbeA.FishForMessage<WorkerProtocol.Assign>(_ => true).Roster;
        Assert.Equal([RosterState.Active, RosterState.Lost, RosterState.Left], roster.Workers.Select(w => w.State));
        Assert.Equal(560, roster.EntryOf(A)!.Shares.Count());

        // Those of the one that had left may be on their way: they follow when all know this roster.
        Coordinator.Tell(new WorkerProtocol.Assigned(Run, A, roster.Epoch), ProbeA);
        Assert.Equal(840, ProbeA.FishForMessage<WorkerProtocol.Assign>(_ => true).Roster.EntryOf(A)!.Shares.Count());
        for (var n = 0; n < 60; n++)
        {
            Report(ProbeA, A, n, events: 1);
        }

        Drained(ProbeA, A, 59);
        var outcome = Recorded();
        Assert.Equal((StopReason.Completed, 60L), (outcome.Reason, outcome.Totals[Counter.Events]));
        Assert.Equal(["b", "c"], outcome.Doubts.Select(d => d.Worker));
        Assert.All(outcome.Doubts, d => Assert.Equal((GeneratorDoubtKind.WindowsMissing, 0, 30, 30d), (d.Kind, d.FromSecond, d.ToSecond, d.Peak)));
        Assert.Contains(outcome.Marks, m => m is { Kind: RunMarkKind.WorkerLost, Node: "node-b" });
    }

    [Fact]
    public void Workers_that_have_drained_in_the_meantime_give_a_complete_report()
    {
        Come(ProbeA, A, epoch: 1, RunPhase.Ended, last: 7);
        Come(ProbeB, B, epoch: 1, RunPhase.Ended, last: 6);
        Listened(ProbeA);
        Describe(ProbeA, Roster(1, (A, RosterState.Active), (B, RosterState.Active)), Today - Seconds(100));
        ProbeA.FishForMessage<WorkerProtocol.ResendWindows>(_ => true);
        for (var n = 0; n <= 7; n++)
        {
            Report(ProbeA, A, n, events: 1);
        }

        for (var n = 0; n <= 6; n++)
        {
            Report(ProbeB, B, n, events: 10);
        }

        // It ended long before its plan, and whoever knew why is gone.
        var outcome = Recorded();
        Assert.Equal((StopReason.Interrupted, 78L), (outcome.Reason, outcome.Totals[Counter.Events]));
        ProbeA.FishForMessage<WorkerProtocol.RunOver>(_ => true);
        ProbeB.FishForMessage<WorkerProtocol.RunOver>(_ => true);
    }

    [Fact]
    public void A_run_that_had_not_begun_is_prepared_again()
    {
        Come(ProbeA, A, epoch: 1, RunPhase.Preparing);
        Come(ProbeB, B, epoch: 1, RunPhase.Preparing);
        Listened(ProbeA);
        Describe(ProbeA, Roster(1, (A, RosterState.Active), (B, RosterState.Active)), null);
        Assert.Equal(2, ProbeA.FishForMessage<WorkerProtocol.Prepare>(_ => true).Roster.Epoch);
        Assert.Equal(2, ProbeB.FishForMessage<WorkerProtocol.Prepare>(_ => true).Roster.Epoch);
    }

    [Fact]
    public void A_run_that_had_not_begun_waits_for_workers_again_when_they_are_not_enough()
    {
        Come(ProbeA, A, epoch: 1, RunPhase.Preparing);
        Listened(ProbeA);
        Describe(ProbeA, Roster(1, (A, RosterState.Active), (B, RosterState.Active)), null, Calm with { Cluster = new ClusterSettings { MinWorkers = 2 } });
        SettleRun();
        Advance(Seconds(18));
        SettleRun();
        Advance(Seconds(1));
        SettleRun();
        Assert.Equal((RunPhase.Gathering, "waits for workers: 1 of 2"), (Status().Phase, Status().Note));
        Register(ProbeB, B);
        Assert.Equal(2, ProbeA.FishForMessage<WorkerProtocol.Prepare>(_ => true).Roster.Epoch);
        Assert.Equal(2, ProbeB.FishForMessage<WorkerProtocol.Prepare>(_ => true).Roster.Epoch);
    }

    [Fact]
    public void Also_when_none_is_there_any_more()
    {
        Come(ProbeA, A, epoch: 1, RunPhase.Preparing);
        Listened(ProbeA);
        Describe(ProbeA, Roster(1, (A, RosterState.Active), (B, RosterState.Active)), null);
        SettleRun();
        Lose(ProbeA);
        Advance(Seconds(18));
        SettleRun();
        Assert.Equal(RunPhase.Gathering, Status().Phase);
        Register(ProbeB, B);
        Assert.Equal(2, ProbeB.FishForMessage<WorkerProtocol.Prepare>(_ => true).Roster.Epoch);
    }

    [Fact]
    public void A_run_that_was_being_stopped_stays_stopped()
    {
        Register(ProbeB, B);
        Come(ProbeA, A, epoch: 1, RunPhase.Draining);
        Listened(ProbeA);
        Describe(ProbeA, Roster(1, (A, RosterState.Active)), Today - Seconds(10));
        ProbeA.FishForMessage<WorkerProtocol.Stop>(s => s.Mode == StopMode.Graceful);
        SettleRun();
        ProbeB.ExpectNoMsg(TimeSpan.Zero);
        for (var n = 0; n <= 12; n++)
        {
            Report(ProbeA, A, n, events: 1);
        }

        Drained(ProbeA, A, 12);
        Assert.Equal((StopReason.Interrupted, null), (Recorded() is var outcome ? outcome.Reason : default, outcome.Problem));
    }

    [Fact]
    public void A_leaving_worker_is_not_started_again_but_hears_the_roster_until_it_answers()
    {
        Come(ProbeA, A, epoch: 2);
        Come(ProbeB, B, epoch: 2);
        Listened(ProbeA);
        Describe(ProbeA, Roster(2, (A, RosterState.Active), (B, RosterState.Leaving)), Today - Seconds(10));
        var roster = ProbeB.FishForMessage<WorkerProtocol.Assign>(_ => true).Roster;
        SettleRun();
        for (var i = 0; i < 2; i++)
        {
            Advance(Seconds(2));
            var again = ProbeB.FishForMessage(m => m is WorkerProtocol.Assign or WorkerProtocol.Start);
            Assert.Equal(roster.Epoch, Assert.IsType<WorkerProtocol.Assign>(again).Roster.Epoch);
            Coordinator.Tell(new WorkerProtocol.Started(Run, B), ProbeB);
            SettleRun();
        }

        Stop(Run, StopMode.Now);
        foreach (var (probe, id) in new[] { (ProbeA, A), (ProbeB, B) })
        {
            Report(probe, id, 0, events: 1);
            Drained(probe, id, 0);
        }

        Assert.DoesNotContain(Recorded().Marks, m => m.Kind == RunMarkKind.WorkerJoined);
    }

    [Fact]
    public void A_worker_that_the_former_coordinator_had_asked_to_join_is_asked_again()
    {
        Come(ProbeA, A, epoch: 7);
        Come(ProbeB, B, epoch: 5, RunPhase.Preparing);
        Listened(ProbeA);
        Describe(ProbeA, Roster(7, (A, RosterState.Active)), Today - Seconds(10));
        var prepare = ProbeB.FishForMessage(m => m is WorkerProtocol.Prepare or WorkerProtocol.Stop);
        Assert.True(Assert.IsType<WorkerProtocol.Prepare>(prepare).Roster.Epoch > 7);
    }

    [Fact]
    public void Of_a_run_that_only_some_have_begun_those_are_asked_and_the_others_started()
    {
        Come(ProbeA, A, epoch: 1, RunPhase.Preparing);
        Come(ProbeB, B, epoch: 1);
        Listened(ProbeA);
        Describe(ProbeA, Roster(1, (A, RosterState.Active), (B, RosterState.Active)), null);
        ProbeB.FishForMessage<WorkerProtocol.DescribeRun>(_ => true);
        Describe(ProbeB, Roster(1, (A, RosterState.Active), (B, RosterState.Active)), Today - Seconds(1));
        SettleRun();
        Advance(Seconds(2));
        Assert.Equal(Today - Seconds(1), ProbeA.FishForMessage<WorkerProtocol.Start>(_ => true).At);
    }

    [Fact]
    public void Windows_that_their_worker_has_lost_do_not_hold_up_the_run_for_ever()
    {
        Come(ProbeA, A, epoch: 1);
        Listened(ProbeA);
        Describe(ProbeA, Roster(1, (A, RosterState.Active)), Today - Seconds(10));
        ProbeA.FishForMessage<WorkerProtocol.ResendWindows>(_ => true);
        Report(ProbeA, A, 11, events: 5);
        SettleRun();
        Advance(Seconds(2));
        ProbeA.FishForMessage<WorkerProtocol.ResendWindows>(_ => true);
        Advance(Seconds(18));
        Drained(ProbeA, A, 11);
        var outcome = Recorded();
        Assert.Equal(5, outcome.Totals[Counter.Events]);
        Assert.Equal([new GeneratorDoubt(GeneratorDoubtKind.WindowsMissing, "a", 0, 11, 11)], outcome.Doubts);
    }

    [Fact]
    public void A_run_that_nobody_can_tell_is_given_up()
    {
        Come(ProbeA, A, epoch: 1);
        Listened(ProbeA);
        Advance(Seconds(18));
        ProbeA.FishForMessage<WorkerProtocol.Stop>(s => s.Mode == StopMode.Now);
        ProbeA.FishForMessage<WorkerProtocol.RunOver>(_ => true);
        Submit(new RunId("run-2"));
        ProbeA.FishForMessage<WorkerProtocol.Prepare>(p => p.Run == new RunId("run-2"));
    }

    [Fact]
    public void A_new_coordinator_waits_for_such_workers_before_it_begins_a_run()
    {
        Register(ProbeA, A);
        Submit(new RunId("run-2"));
        Advance(Seconds(5.9));
        Settle(Coordinator);
        ProbeA.ExpectNoMsg(TimeSpan.Zero);
        Advance(Seconds(0.2));
        ProbeA.ExpectMsg<WorkerProtocol.Prepare>();
    }

    private void Come(TestProbe probe, WorkerId id, int epoch, RunPhase phase = RunPhase.Running, int? last = null) =>
        Register(probe, id, running: new RunningState(Run, phase, epoch, last));

    private WorkerProtocol.DescribeRun Listened(TestProbe asked)
    {
        SettleRun();
        Advance(Seconds(2));
        return asked.ExpectMsg<WorkerProtocol.DescribeRun>();
    }

    private void Describe(TestProbe probe, Roster roster, DateTimeOffset? startedAt, Scenario? scenario = null) =>
        Coordinator.Tell(new WorkerProtocol.RunDescription(Order(Run, scenario ?? Calm), roster, startedAt), probe);

    private void Drained(TestProbe probe, WorkerId id, int last) => Coordinator.Tell(new WorkerProtocol.Drained(Run, id, last), probe);

    private RunOutcome Recorded() => _recorded.FishForMessage<RunOutcome>(_ => true);

    private static Roster Roster(int epoch, params (WorkerId Worker, RosterState State)[] workers) => new(epoch, 840, TimeSpan.Zero, [.. workers.Select((w, i) =>
        new RosterEntry(w.Worker, $"node-{w.Worker}", 0, w.State, w.State == RosterState.Active
            ? [new ShareGrant(1, TimeSpan.Zero, [.. Enumerable.Range(0, 840).Where(s => s % workers.Length == i)])]
            : []))]);

    // The probe is made by the kit whose constructor wants the recorder first.
    private sealed class Told : ICanTell
    {
        public ICanTell? Probe { get; set; }

        public void Tell(object message, IActorRef sender) => Probe!.Tell(message, sender);
    }
}
