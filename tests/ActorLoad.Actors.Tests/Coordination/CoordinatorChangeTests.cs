using ActorLoad.Actors.Coordination;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using Akka.Actor;
using Akka.TestKit;

namespace ActorLoad.Actors.Tests.Coordination;

/// <summary>Workers that come, leave and are lost while a run is on.</summary>
public sealed class CoordinatorChangeTests : CoordinatorKit
{
    private static readonly WorkerId C = new("c");
    private static readonly Scenario Closed = Minute;
    private static readonly Scenario Open = Closed with { Load = LoadPlan.Open([(TimeSpan.FromMinutes(1), 10)]) };

    private readonly TestProbe _c;

    public CoordinatorChangeTests() => _c = CreateTestProbe("c");

    [Fact]
    public void A_worker_that_leaves_before_it_has_begun_leaves_nothing_behind()
    {
        Prepare(Closed);
        Prepared(ProbeA, A);
        Prepared(ProbeB, B);
        ProbeB.ExpectMsg<WorkerProtocol.Start>();
        Started(ProbeA, A);
        Coordinator.Tell(new WorkerProtocol.Leaving(B), ProbeB);
        ProbeB.FishForMessage<WorkerProtocol.RunOver>(o => o.Run == Run);
        Assert.Equal([840, 0], Counts(Assigned(ProbeA, A)));
        Lose(ProbeB);
        FinishMinute(ProbeA, A);
        var outcome = Outcome();
        Assert.Equal((StopReason.Completed, 1L), (outcome.Reason, outcome.Totals[Counter.Events]));
        Assert.Equal([RunMarkKind.WorkerLeft, RunMarkKind.SharesMoved], outcome.Marks.Select(m => m.Kind));
        Assert.Empty(outcome.Doubts);
    }

    [Fact]
    public void A_worker_that_joins_takes_its_part_when_the_users_of_the_others_are_gone()
    {
        Begin(Closed);
        Advance(Seconds(10.5));
        Register(_c, C);
        var prepare = _c.ExpectMsg<WorkerProtocol.Prepare>();
        Assert.Equal(13, prepare.Roster.EntryOf(C)!.FirstWindow);
        Assert.Empty(prepare.Roster.EntryOf(C)!.Shares);
        Prepared(_c, C, epoch: prepare.Roster.Epoch);
        Assert.Equal(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), _c.ExpectMsg<WorkerProtocol.Start>().At);
        Started(_c, C);

        var taking = Assigned(ProbeA, A);
        Assert.Equal([280, 280, 0], Counts(taking));
        Assert.Equal(taking.Epoch, Assigned(_c, C).Epoch);
        SettleRun();
        _c.ExpectNoMsg(TimeSpan.Zero);
        Assert.Equal(taking.Epoch, Assigned(ProbeB, B).Epoch);

        var giving = Assigned(_c, C);
        Assert.Equal([280, 280, 280], Counts(giving));
        SettleRun();
        Assert.Equal(3, Status().Workers);
        Assert.Equal(280, Nodes().Single(n => n.Worker == C).Shares);

        Stop(Run, StopMode.Graceful);
        FinishFrom(ProbeA, A, 0, 14);
        FinishFrom(ProbeB, B, 0, 14);
        FinishFrom(_c, C, 13, 14);
        var outcome = Outcome();
        Assert.Equal((StopReason.Interrupted, 32L), (outcome.Reason, outcome.Totals[Counter.Events]));
        Assert.Equal(["node-a", "node-b", "node-c"], outcome.Nodes);
        Assert.Equal([(RunMarkKind.WorkerJoined, "node-c"), (RunMarkKind.SharesMoved, "node-c")], outcome.Marks.Select(m => (m.Kind, m.Node)));
        Assert.All(outcome.Marks, m => Assert.Equal(Seconds(10.5), m.At));
    }

    [Fact]
    public void A_worker_that_is_ready_too_late_for_its_first_window_gets_another_one()
    {
        Begin(Closed);
        Register(_c, C);
        Assert.Equal(3, _c.ExpectMsg<WorkerProtocol.Prepare>().Roster.EntryOf(C)!.FirstWindow);
        Advance(Seconds(2.8));
        var again = _c.FishForMessage<WorkerProtocol.Prepare>(p => p.Roster.EntryOf(C)!.FirstWindow == 8);
        Prepared(_c, C, epoch: again.Roster.Epoch - 1);
        SettleRun();
        _c.ExpectNoMsg(TimeSpan.Zero);
        Prepared(_c, C, epoch: again.Roster.Epoch);
        _c.FishForMessage<WorkerProtocol.Start>(_ => true);
        Started(_c, C);
        Assert.True(Assigned(ProbeA, A).Epoch > again.Roster.Epoch);
    }

    [Fact]
    public void A_worker_that_cannot_join_is_left_out_and_the_run_goes_on()
    {
        Begin(Closed);
        Register(_c, C);
        Prepared(_c, C, "no such TLS file", _c.ExpectMsg<WorkerProtocol.Prepare>().Roster.Epoch);
        _c.ExpectMsg<WorkerProtocol.Stop>();
        _c.ExpectMsg<WorkerProtocol.RunOver>();
        Advance(Seconds(1));
        SettleRun();
        Assert.Equal("worker c on node-c cannot join: no such TLS file", Status().Note);
        FinishMinute(ProbeA, A);
        FinishMinute(ProbeB, B);
        Assert.Equal(StopReason.Completed, Outcome().Reason);
    }

    [Fact]
    public void Nobody_joins_a_run_that_is_about_to_end()
    {
        Begin(Closed);
        Advance(Seconds(56));
        Register(_c, C);
        SettleRun();
        _c.ExpectNoMsg(TimeSpan.Zero);
        FinishBoth();
        Outcome();
        Submit(new RunId("run-2"));
        Assert.Equal(3, _c.ExpectMsg<WorkerProtocol.Prepare>().Roster.Workers.Length);
    }

    [Fact]
    public void In_the_open_model_arrivals_are_the_joiners_from_two_seconds_on()
    {
        Begin(Open);
        Join();
        var roster = Assigned(ProbeA, A);
        Assert.Equal(Seconds(2), roster.Effective);
        Assert.Equal([280, 280, 280], Counts(roster));
    }

    [Fact]
    public void What_a_lost_worker_had_goes_to_the_others_at_once()
    {
        Begin(Closed);
        Report(ProbeA, A, 0, events: 1);
        Report(ProbeB, B, 0, events: 2);
        Report(ProbeB, B, 1, events: 4);
        Advance(Seconds(3.25));
        Lose(ProbeB);
        Assert.Equal([840, 0], Counts(Assigned(ProbeA, A)));
        Advance(Seconds(1));
        SettleRun();
        Assert.Equal("worker b on node-b was lost", Status().Note);
        Report(ProbeA, A, 1, events: 8);
        FinishMinute(ProbeA, A, from: 2);
        var outcome = Outcome();
        Assert.Equal((StopReason.Completed, 16L), (outcome.Reason, outcome.Totals[Counter.Events]));
        Assert.Equal([(RunMarkKind.WorkerLost, "node-b"), (RunMarkKind.SharesMoved, "node-b")], outcome.Marks.Select(m => (m.Kind, m.Node)));
        Assert.Empty(outcome.Doubts);
    }

    [Fact]
    public void In_the_open_model_arrivals_since_its_last_window_are_the_others()
    {
        Begin(Open);
        Report(ProbeB, B, 0, events: 1);
        Report(ProbeB, B, 1, events: 1);
        Advance(Seconds(9));
        Lose(ProbeB);
        Assert.Equal(Seconds(2), Assigned(ProbeA, A).EntryOf(A)!.Grants[^1].From);
    }

    [Fact]
    public void The_run_goes_on_without_the_users_of_a_lost_worker_if_the_scenario_says_so()
    {
        Begin(With(WorkerLossAction.Continue));
        Report(ProbeB, B, 0, events: 1);
        Report(ProbeB, B, 1, events: 1);
        Lose(ProbeB);
        Assert.Equal([420, 420], Counts(Assigned(ProbeA, A)));
        FinishMinute(ProbeA, A);
        var outcome = Outcome();
        Assert.Equal(StopReason.Completed, outcome.Reason);
        Assert.Equal([new GeneratorDoubt(GeneratorDoubtKind.WorkerLost, "b", 2, 60, 0.5)], outcome.Doubts);
        Assert.Equal([RunMarkKind.WorkerLost], outcome.Marks.Select(m => m.Kind));
    }

    [Fact]
    public void A_run_that_has_lost_all_of_its_workers_fails_with_what_they_measured()
    {
        Begin(Closed);
        Report(ProbeA, A, 0, events: 1);
        Report(ProbeB, B, 0, events: 2);
        Lose(ProbeB);
        Lose(ProbeA);
        var outcome = Outcome();
        Assert.Equal((StopReason.WorkerFailed, "worker a on node-a was lost, and no other is left"), (outcome.Reason, outcome.Problem));
        Assert.Equal(3, outcome.Totals[Counter.Events]);
    }

    [Fact]
    public void A_worker_that_was_lost_and_comes_back_is_told_that_it_is_out()
    {
        Begin(Closed);
        Report(ProbeB, B, 0, events: 2);
        Lose(ProbeB);
        var back = CreateTestProbe("b-back");
        Coordinator.Tell(new WorkerProtocol.WindowReport(Windows.Create(Run, B, 1, events: 100)), back);
        Assert.Equal(new WorkerProtocol.WindowAck(Run, B, 1), back.ExpectMsg<WorkerProtocol.WindowAck>());
        AssertStopped(back, StopMode.Now);
        back.ExpectMsg<WorkerProtocol.RunOver>();
        Register(back, B, running: new RunningState(Run, RunPhase.Running, 1, null));
        AssertStopped(back, StopMode.Now);
        back.ExpectMsg<WorkerProtocol.RunOver>();
        Finish(ProbeA, A);
        Assert.Equal(3, Outcome().Totals[Counter.Events]);
    }

    [Fact]
    public void A_worker_that_has_forgotten_the_run_is_lost_to_it()
    {
        Begin(Closed);
        Register(ProbeB, B);
        Assert.Equal([840, 0], Counts(Assigned(ProbeA, A)));
    }

    [Fact]
    public void A_worker_that_leaves_hands_over_and_is_let_go_when_its_windows_are_here()
    {
        Begin(Closed);
        Coordinator.Tell(new WorkerProtocol.Leaving(B), ProbeB);
        Coordinator.Tell(new WorkerProtocol.Leaving(B), ProbeB);
        Assert.Equal([420, 0], Counts(Assigned(ProbeA, A)));
        var taking = Assigned(ProbeB, B);
        Assert.Equal(RosterState.Leaving, taking.EntryOf(B)!.State);
        Assert.Equal([840, 0], Counts(Assigned(ProbeA, A)));
        Report(ProbeB, B, 0, events: 1);
        Coordinator.Tell(new WorkerProtocol.Drained(Run, B, 1), ProbeB);
        SettleRun();
        Report(ProbeB, B, 1, events: 2);
        ProbeB.FishForMessage<WorkerProtocol.RunOver>(_ => true);
        Assert.Equal(RosterState.Left, Assigned(ProbeA, A).EntryOf(B)!.State);
        Lose(ProbeB);
        Report(ProbeA, A, 0, events: 4);
        Report(ProbeA, A, 1, events: 8);
        FinishMinute(ProbeA, A, from: 2);
        var outcome = Outcome();
        Assert.Equal((StopReason.Completed, 16L), (outcome.Reason, outcome.Totals[Counter.Events]));
        Assert.Equal(
            [(RunMarkKind.WorkerLeft, "node-b"), (RunMarkKind.SharesMoved, "node-b")],
            outcome.Marks.Select(m => (m.Kind, m.Node)).Order());
    }

    [Fact]
    public void A_worker_that_drains_although_nobody_said_so_has_left()
    {
        Begin(Closed);
        Report(ProbeB, B, 0, events: 1);
        Coordinator.Tell(new WorkerProtocol.Drained(Run, B, 0), ProbeB);
        Assigned(ProbeA, A);
        AwaitAssert(() =>
        {
            Coordinator.Tell(new WorkerProtocol.Drained(Run, B, 0), ProbeB);
            SettleRun();
            Assert.Equal(840, Nodes().Single(n => n.Worker == A).Shares);
        });
    }

    [Fact]
    public void When_the_only_worker_leaves_the_run_ends_in_good_order_and_is_interrupted()
    {
        Register(ProbeA, A);
        Submit(Run);
        ProbeA.ExpectMsg<WorkerProtocol.Prepare>();
        Prepared(ProbeA, A);
        ProbeA.ExpectMsg<WorkerProtocol.Start>();
        Started(ProbeA, A);
        Coordinator.Tell(new WorkerProtocol.Leaving(A), ProbeA);
        AssertStopped(ProbeA, StopMode.Graceful);
        Finish(ProbeA, A, events: 5);
        var outcome = Outcome();
        Assert.Equal((StopReason.Interrupted, "worker a on node-a left, and no other is there"), (outcome.Reason, outcome.Problem));
        Assert.Equal(5, outcome.Totals[Counter.Events]);
        ProbeA.FishForMessage<WorkerProtocol.RunOver>(_ => true);
    }

    [Fact]
    public void When_all_are_told_to_leave_the_run_is_interrupted_and_not_failed()
    {
        Begin(Closed);
        Coordinator.Tell(new WorkerProtocol.Leaving(B), ProbeB);
        Coordinator.Tell(new WorkerProtocol.Leaving(A), ProbeA);
        ProbeA.FishForMessage<WorkerProtocol.Stop>(s => s.Mode == StopMode.Graceful);
        ProbeB.FishForMessage<WorkerProtocol.Stop>(s => s.Mode == StopMode.Graceful);
        Finish(ProbeA, A, events: 1);
        Finish(ProbeB, B, events: 2);
        var outcome = Outcome();
        Assert.Equal((StopReason.Interrupted, "worker a on node-a left, and no other is there"), (outcome.Reason, outcome.Problem));
        Assert.Equal(3, outcome.Totals[Counter.Events]);
    }

    [Fact]
    public void Also_before_it_has_begun()
    {
        Prepare(Closed);
        Coordinator.Tell(new WorkerProtocol.Leaving(B), ProbeB);
        Coordinator.Tell(new WorkerProtocol.Leaving(A), ProbeA);
        var outcome = Outcome();
        Assert.Equal((StopReason.Interrupted, "worker a on node-a left, and no other is there"), (outcome.Reason, outcome.Problem));
    }

    [Fact]
    public void When_the_last_one_is_lost_while_another_leaves_the_run_fails_and_ends_in_good_order()
    {
        Begin(Closed);
        Coordinator.Tell(new WorkerProtocol.Leaving(B), ProbeB);
        SettleRun();
        Lose(ProbeA);
        ProbeB.FishForMessage<WorkerProtocol.Stop>(s => s.Mode == StopMode.Graceful);
        Finish(ProbeB, B, events: 5);
        var outcome = Outcome();
        Assert.Equal((StopReason.WorkerFailed, "worker a on node-a was lost, and no other is left"), (outcome.Reason, outcome.Problem));
        Assert.Equal(5, outcome.Totals[Counter.Events]);
    }

    [Fact]
    public void When_nobody_is_left_but_one_who_gets_ready_the_run_waits_for_that_one()
    {
        Begin(Closed);
        Register(_c, C);
        _c.ExpectMsg<WorkerProtocol.Prepare>();
        Coordinator.Tell(new WorkerProtocol.Leaving(B), ProbeB);
        SettleRun();
        Lose(ProbeA);
        Advance(Seconds(1));
        SettleRun();
        Assert.Equal(RunPhase.Running, Status().Phase);
        Lose(_c);
        ProbeB.FishForMessage<WorkerProtocol.Stop>(s => s.Mode == StopMode.Graceful);
        Finish(ProbeB, B);
        Assert.Equal("worker c on node-c was lost, and no other is left", Outcome().Problem);
    }

    [Fact]
    public void A_run_that_its_workers_have_ended_before_its_time_has_not_passed()
    {
        Begin(Closed);
        Finish(ProbeA, A, last: 0);
        Finish(ProbeB, B, last: 0);
        var outcome = Outcome();
        Assert.Equal((StopReason.Interrupted, "its workers ended it before its time"), (outcome.Reason, outcome.Problem));
    }

    [Fact]
    public void Arrivals_since_the_last_window_of_one_that_has_drained_early_are_the_others()
    {
        Begin(Open);
        Report(ProbeB, B, 0, events: 1);
        Report(ProbeB, B, 1, events: 1);
        Advance(Seconds(9));
        Coordinator.Tell(new WorkerProtocol.Drained(Run, B, 1), ProbeB);
        var roster = Assigned(ProbeA, A);
        Assert.Equal([840, 0], Counts(roster));
        Assert.Equal(Seconds(2), roster.EntryOf(A)!.Grants[^1].From);
    }

    [Fact]
    public void What_is_not_answered_is_said_again()
    {
        Prepare(Closed);
        Prepared(ProbeA, A);
        Prepared(ProbeB, B);
        ProbeA.ExpectMsg<WorkerProtocol.Start>();
        ProbeB.ExpectMsg<WorkerProtocol.Start>();
        Started(ProbeA, A);
        SettleRun();
        Advance(Seconds(2));
        ProbeB.ExpectMsg<WorkerProtocol.Start>();
        Started(ProbeB, B);
        Lose(ProbeB);
        var roster = ProbeA.ExpectMsg<WorkerProtocol.Assign>().Roster;
        SettleRun();
        Advance(Seconds(2));
        Assert.Equal(roster.Epoch, ProbeA.ExpectMsg<WorkerProtocol.Assign>().Roster.Epoch);
        Coordinator.Tell(new WorkerProtocol.Assigned(Run, A, roster.Epoch), ProbeA);
        Stop(Run, StopMode.Graceful);
        AssertStopped(ProbeA, StopMode.Graceful);
        SettleRun();
        Advance(Seconds(2));
        AssertStopped(ProbeA, StopMode.Graceful);
    }

    private void Begin(Scenario scenario)
    {
        Prepare(scenario);
        PreparedBoth();
        SettleRun();
    }

    private void Join()
    {
        Register(_c, C);
        Prepared(_c, C, epoch: _c.ExpectMsg<WorkerProtocol.Prepare>().Roster.Epoch);
        _c.ExpectMsg<WorkerProtocol.Start>();
        Started(_c, C);
    }

    private Roster Assigned(TestProbe probe, WorkerId id)
    {
        var roster = probe.FishForMessage<WorkerProtocol.Assign>(_ => true).Roster;
        Coordinator.Tell(new WorkerProtocol.Assigned(Run, id, roster.Epoch), probe);
        return roster;
    }

    private void FinishFrom(TestProbe probe, WorkerId id, int first, int last)
    {
        for (var n = first; n < last; n++)
        {
            Report(probe, id, n, events: 1);
        }

        Finish(probe, id, last);
    }

    private void FinishBoth()
    {
        Finish(ProbeA, A);
        Finish(ProbeB, B);
    }

    private static Scenario With(WorkerLossAction action) => Closed with { Cluster = new ClusterSettings { OnWorkerLost = action } };

    private static List<int> Counts(Roster roster) => [.. roster.Workers.Select(w => w.Shares.Count())];
}
