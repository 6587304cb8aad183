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

/// <summary>Workers that leave while a run is on, and what is left of it.</summary>
public sealed class CoordinatorLeavingTests : CoordinatorChangeKit
{
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
        Register(ProbeC, C);
        ProbeC.ExpectMsg<WorkerProtocol.Prepare>();
        Coordinator.Tell(new WorkerProtocol.Leaving(B), ProbeB);
        SettleRun();
        Lose(ProbeA);
        Advance(Seconds(1));
        SettleRun();
        Assert.Equal(RunPhase.Running, Status().Phase);
        Lose(ProbeC);
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
}
