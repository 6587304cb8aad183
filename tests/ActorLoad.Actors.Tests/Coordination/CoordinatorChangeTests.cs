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

/// <summary>Workers that come and are lost while a run is on.</summary>
public sealed class CoordinatorChangeTests : CoordinatorChangeKit
{
    [Fact]
    public void A_worker_that_joins_takes_its_part_when_the_users_of_the_others_are_gone()
    {
        Begin(Closed);
        Advance(Seconds(10.5));
        Register(ProbeC, C);
        var prepare = ProbeC.ExpectMsg<WorkerProtocol.Prepare>();
        Assert.Equal(13, prepare.Roster.EntryOf(C)!.FirstWindow);
        Assert.Empty(prepare.Roster.EntryOf(C)!.Shares);
        Prepared(ProbeC, C, epoch: prepare.Roster.Epoch);
        Assert.Equal(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), ProbeC.ExpectMsg<WorkerProtocol.Start>().At);
        Started(ProbeC, C);

        var taking = Assigned(ProbeA, A);
        Assert.Equal([280, 280, 0], Counts(taking));
        Assert.Equal(taking.Epoch, Assigned(ProbeC, C).Epoch);
        SettleRun();
        ProbeC.ExpectNoMsg(TimeSpan.Zero);
        Assert.Equal(taking.Epoch, Assigned(ProbeB, B).Epoch);

        var giving = Assigned(ProbeC, C);
        Assert.Equal([280, 280, 280], Counts(giving));
        SettleRun();
        Assert.Equal(3, Status().Workers);
        Assert.Equal(280, Nodes().Single(n => n.Worker == C).Shares);

        Stop(Run, StopMode.Graceful);
        FinishFrom(ProbeA, A, 0, 14);
        FinishFrom(ProbeB, B, 0, 14);
        FinishFrom(ProbeC, C, 13, 14);
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
        Register(ProbeC, C);
        Assert.Equal(3, ProbeC.ExpectMsg<WorkerProtocol.Prepare>().Roster.EntryOf(C)!.FirstWindow);
        Advance(Seconds(2.8));
        var again = ProbeC.FishForMessage<WorkerProtocol.Prepare>(p => p.Roster.EntryOf(C)!.FirstWindow == 8);
        Prepared(ProbeC, C, epoch: again.Roster.Epoch - 1);
        SettleRun();
        ProbeC.ExpectNoMsg(TimeSpan.Zero);
        Prepared(ProbeC, C, epoch: again.Roster.Epoch);
        ProbeC.FishForMessage<WorkerProtocol.Start>(_ => true);
        Started(ProbeC, C);
        Assert.True(Assigned(ProbeA, A).Epoch > again.Roster.Epoch);
    }

    [Fact]
    public void A_worker_that_cannot_join_is_left_out_and_the_run_goes_on()
    {
        Begin(Closed);
        Register(ProbeC, C);
        Prepared(ProbeC, C, "no such TLS file", ProbeC.ExpectMsg<WorkerProtocol.Prepare>().Roster.Epoch);
        ProbeC.ExpectMsg<WorkerProtocol.Stop>();
        ProbeC.ExpectMsg<WorkerProtocol.RunOver>();
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
        Register(ProbeC, C);
        SettleRun();
        ProbeC.ExpectNoMsg(TimeSpan.Zero);
        FinishBoth();
        Outcome();
        Submit(new RunId("run-2"));
        Assert.Equal(3, ProbeC.ExpectMsg<WorkerProtocol.Prepare>().Roster.Workers.Length);
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
}
