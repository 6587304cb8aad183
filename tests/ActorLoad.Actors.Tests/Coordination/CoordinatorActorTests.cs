using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Coordination;

/// <summary>Every cell of the coordinator's table.</summary>
public sealed class CoordinatorActorTests : CoordinatorKit
{
    private static readonly Scenario FailsWithAWorker = Scenario with { Cluster = new ClusterSettings { OnWorkerLost = WorkerLossAction.Fail } };

    [Fact]
    public void Idle_without_a_worker_a_run_waits_and_fails_when_none_comes()
    {
        Submit(Run);
        Assert.Equal("waits for workers: 0 of 1", Status().Note);
        Advance(Seconds(59));
        SettleRun();
        ExpectNoMsg(TimeSpan.Zero);
        Advance(Seconds(2));
        var outcome = Outcome();
        Assert.Equal((Run, StopReason.WorkerFailed, "0 of 1 worker came within 60 s"), (outcome.Run, outcome.Reason, outcome.Problem));
        Assert.Empty(outcome.Nodes);
    }

    [Fact]
    public void Idle_what_belongs_to_no_run_is_ignored()
    {
        Register(ProbeA, A);
        Coordinator.Tell(new WorkerProtocol.Prepared(Run, A, null, 1), ProbeA);
        Coordinator.Tell(new WorkerProtocol.Drained(Run, A, 3), ProbeA);
        Coordinator.Tell(new WorkerProtocol.Failed(Run, A, "x"), ProbeA);
        Assert.Equal("there is no run 'run-1'", Stop(Run, StopMode.Now));

        // A run that nobody here knows may be one that has to be carried on: its windows are not lost by a word too many.
        Coordinator.Tell(new WorkerProtocol.WindowReport(Windows.Create(Run, A, 7)), ProbeA);
        Settle(Coordinator);
        ProbeA.ExpectNoMsg(TimeSpan.Zero);
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Idle_a_lost_worker_is_forgotten()
    {
        Register(ProbeA, A);
        Register(ProbeB, B);
        Lose(ProbeA);
        Submit(Run);
        var roster = ProbeB.ExpectMsg<WorkerProtocol.Prepare>().Roster;
        Assert.Equal(B, Assert.Single(roster.Workers).Worker);
    }

    [Fact]
    public void Idle_a_worker_that_registers_twice_is_one_worker()
    {
        Register(ProbeA, A);
        Register(ProbeA, A);
        Submit(Run);
        var roster = ProbeA.ExpectMsg<WorkerProtocol.Prepare>().Roster;
        Assert.Equal((1, 1), (roster.Of, roster.Workers.Length));
        Assert.Equal([0], roster.Workers[0].Shares);
        ProbeA.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Preparing_each_worker_gets_its_shares_and_none_starts_before_all_are_prepared()
    {
        var roster = Prepare();
        Assert.Equal((1, 840), (roster.Epoch, roster.Of));
        Assert.Equal([0, 3, 5], roster.EntryOf(A)!.Shares.Take(3));
        Assert.Equal([1, 2, 4], roster.EntryOf(B)!.Shares.Take(3));
        Assert.Equal(Enumerable.Range(0, 840), roster.Workers.SelectMany(w => w.Shares).Order());
        Prepared(ProbeA, A);
        ProbeA.ExpectNoMsg(TimeSpan.Zero);
        Prepared(ProbeB, B);
        Assert.Equal(new WorkerProtocol.Start(Run, Time.GetUtcNow()), ProbeA.ExpectMsg<WorkerProtocol.Start>());
        ProbeB.ExpectMsg<WorkerProtocol.Start>();
    }

    [Fact]
    public void Preparing_a_problem_of_one_worker_ends_the_run_and_frees_the_others()
    {
        Prepare();
        Prepared(ProbeA, A);
        Prepared(ProbeB, B, "no such TLS file");
        AssertBroken("worker b on node-b: no such TLS file");
        AssertStopped(ProbeA, StopMode.Now);
        AssertStopped(ProbeB, StopMode.Now);
    }

    [Fact]
    public void Preparing_without_a_lost_worker_the_shares_are_dealt_to_the_others()
    {
        Prepare();
        Lose(ProbeB);
        var roster = ProbeA.ExpectMsg<WorkerProtocol.Prepare>().Roster;
        Assert.Equal((2, A), (roster.Epoch, Assert.Single(roster.Workers).Worker));

        // What it says of the roster before has been on its way.
        Prepared(ProbeA, A);
        Prepared(ProbeA, A, "no such TLS file");
        SettleRun();
        ProbeA.ExpectNoMsg(TimeSpan.Zero);
        Prepared(ProbeA, A, epoch: 2);
        ProbeA.ExpectMsg<WorkerProtocol.Start>();
    }

    [Fact]
    public void Preparing_a_lost_worker_ends_the_run_when_the_others_are_not_enough()
    {
        Prepare(Scenario with { Cluster = new ClusterSettings { MinWorkers = 2 } });
        Lose(ProbeB);
        AssertBroken("worker b on node-b was lost before the run began, and those that are left are not enough");
        AssertStopped(ProbeA, StopMode.Now);
    }

    [Fact]
    public void Preparing_what_is_not_answered_is_said_again()
    {
        Prepare();
        Prepared(ProbeA, A);
        SettleRun();
        Advance(Seconds(2));
        ProbeB.ExpectMsg<WorkerProtocol.Prepare>();
        SettleRun();
        ProbeA.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Preparing_a_failed_worker_ends_the_run()
    {
        Prepare();
        Coordinator.Tell(new WorkerProtocol.Failed(Run, B, "disk on fire"), ProbeB);
        AssertBroken("worker b on node-b: disk on fire");
    }

    [Fact]
    public void Preparing_a_worker_that_does_not_answer_ends_the_run_after_30_seconds()
    {
        Prepare();
        Prepared(ProbeA, A);
        SettleRun();
        Advance(Seconds(29.9));
        SettleRun();
        ExpectNoMsg(TimeSpan.Zero);
        Advance(Seconds(0.2));
        AssertBroken("no answer from worker b on node-b within 30 s");
    }

    [Fact]
    public void Preparing_a_stop_frees_the_workers_and_ends_the_run()
    {
        Prepare();
        Prepared(ProbeA, A);
        Assert.Null(Stop(Run, StopMode.Graceful));
        var outcome = Outcome();
        Assert.Equal((StopReason.Interrupted, null), (outcome.Reason, outcome.Problem));
        AssertStopped(ProbeA, StopMode.Now);
        AssertStopped(ProbeB, StopMode.Now);
        ProbeA.ExpectMsg<WorkerProtocol.RunOver>();
        Prepared(ProbeB, B);
        Settle(Coordinator);

        // It had not heard that the run is over when it said so.
        ProbeB.ExpectMsg<WorkerProtocol.RunOver>();
        AssertStopped(ProbeB, StopMode.Now);
        ProbeA.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Preparing_an_answer_for_another_run_counts_for_nothing()
    {
        Prepare();
        Prepared(ProbeA, A);
        Coordinator.Tell(new WorkerProtocol.Prepared(new RunId("old"), B, null, 1), ProbeB);
        Coordinator.Tell(new WorkerProtocol.Prepared(new RunId("old"), B, "old problem", 1), ProbeB);
        SettleRun();
        ProbeA.ExpectNoMsg(TimeSpan.Zero);
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Preparing_and_running_a_second_run_waits_until_the_first_is_over()
    {
        var second = new RunId("run-2");
        Prepare();
        Assert.Equal((1, null), (Submit(second) is var answer ? answer.Position : 0, answer.Problem));
        Assert.Equal((RunPhase.Queued, 1), (Status(second).Phase, Status(second).Position));
        PreparedBoth();
        Finish(ProbeA, A);
        Finish(ProbeB, B);
        Assert.Equal((Run, StopReason.Completed), (Outcome() is var outcome ? outcome.Run : default, outcome.Reason));
        ProbeA.FishForMessage<WorkerProtocol.Prepare>(p => p.Run == second);
        ProbeB.FishForMessage<WorkerProtocol.Prepare>(p => p.Run == second);
    }

    [Fact]
    public void Running_windows_are_acknowledged_seconds_told_and_the_totals_are_the_outcome()
    {
        Prepare();
        PreparedBoth();
        Report(ProbeA, A, 0, events: 1);
        Report(ProbeB, B, 0, events: 2);
        var second = ExpectMsg<RunSecond>();
        Assert.Equal((Run, 0, 3L), (second.Run, second.Number, second.Second[Counter.Events]));
        Report(ProbeB, B, 0, events: 2);
        Time.Advance(Seconds(7));
        Finish(ProbeA, A, last: 1, events: 10);
        ExpectNoMsg(TimeSpan.Zero);
        Finish(ProbeB, B, last: 1, events: 20);

        Assert.Equal(1, ExpectMsg<RunSecond>().Number);
        var outcome = ExpectMsg<RunOutcome>();
        Assert.Equal((Run, StopReason.Completed, null), (outcome.Run, outcome.Reason, outcome.Problem));
        Assert.Equal(33, outcome.Totals[Counter.Events]);
        Assert.Equal(Seconds(7), outcome.Duration);
        Assert.Equal(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), outcome.StartedAt);
        Assert.Equal(["node-a", "node-b"], outcome.Nodes.Order());
    }

    [Fact]
    public void Running_a_stop_is_passed_on_and_the_run_still_drains()
    {
        Prepare();
        PreparedBoth();
        Assert.Equal("there is no run 'other'", Stop(new RunId("other"), StopMode.Now));
        Assert.Null(Stop(Run, StopMode.Graceful));
        AssertStopped(ProbeA, StopMode.Graceful);
        AssertStopped(ProbeB, StopMode.Graceful);
        Assert.Null(Stop(Run, StopMode.Now));
        AssertStopped(ProbeA, StopMode.Now);
        AssertStopped(ProbeB, StopMode.Now);
        Finish(ProbeA, A, events: 4);
        Finish(ProbeB, B, events: 5);
        var outcome = Outcome();
        Assert.Equal((StopReason.Interrupted, null), (outcome.Reason, outcome.Problem));
        Assert.Equal(9, outcome.Totals[Counter.Events]);
    }

    [Fact]
    public void Running_a_threshold_that_does_not_hold_stops_the_workers_gracefully_and_the_run_still_drains()
    {
        Prepare();
        PreparedBoth();
        Report(ProbeA, A, 0, events: 1);
        Report(ProbeB, B, 0, events: 1500);
        AssertStopped(ProbeA, StopMode.Graceful);
        AssertStopped(ProbeB, StopMode.Graceful);
        Assert.Null(Stop(Run, StopMode.Graceful));
        AssertStopped(ProbeA, StopMode.Graceful);
        AssertStopped(ProbeB, StopMode.Graceful);
        Finish(ProbeA, A, last: 1, events: 2);
        Finish(ProbeB, B, last: 1, events: 2);
        var outcome = Outcome();
        Assert.Equal((StopReason.ThresholdAborted, null), (outcome.Reason, outcome.Problem));
        Assert.Equal(new ThresholdAbort(Few, 1501, Seconds(1)), outcome.Abort);
        Assert.Equal(1505, outcome.Totals[Counter.Events]);
        Assert.Null(RunAgain().Abort);
    }

    [Fact]
    public void Running_a_stop_that_came_first_stays_the_reason()
    {
        Prepare();
        PreparedBoth();
        Assert.Null(Stop(Run, StopMode.Graceful));
        AssertStopped(ProbeA, StopMode.Graceful);
        AssertStopped(ProbeB, StopMode.Graceful);
        Report(ProbeA, A, 0, events: 1);
        Report(ProbeB, B, 0, events: 1500);
        Finish(ProbeA, A, last: 1);
        Finish(ProbeB, B, last: 1);
        var outcome = Outcome();
        Assert.Equal((StopReason.Interrupted, null), (outcome.Reason, outcome.Abort));
    }

    [Fact]
    public void Running_a_lost_worker_ends_the_run_with_all_that_was_reported()
    {
        Prepare(FailsWithAWorker);
        PreparedBoth();
        Report(ProbeA, A, 0, events: 1);
        Report(ProbeB, B, 0, events: 2);
        Report(ProbeA, A, 1, events: 4);
        Report(ProbeA, A, 2, events: 8);
        Lose(ProbeB);
        AssertStopped(ProbeA, StopMode.Now);
        var seconds = Enumerable.Range(0, 3).Select(_ => FishForMessage<RunSecond>(_ => true)).ToArray();
        var outcome = ExpectMsg<RunOutcome>();
        Assert.Equal((StopReason.WorkerFailed, "worker b on node-b was lost"), (outcome.Reason, outcome.Problem));
        Assert.Equal(15, outcome.Totals[Counter.Events]);
        Assert.Equal([RunMarkKind.WorkerLost], outcome.Marks.Select(m => m.Kind));
        Assert.Equal([3, 4, 8], seconds.Select(s => s.Second[Counter.Events]));
        Assert.Equal(["node-a", "node-b"], outcome.Nodes.Order());
    }

    [Fact]
    public void Running_a_failed_worker_ends_the_run_once_and_the_late_windows_of_the_others_are_acknowledged()
    {
        Prepare();
        PreparedBoth();
        Report(ProbeA, A, 0, events: 1);
        Coordinator.Tell(new WorkerProtocol.Failed(Run, B, "disk on fire"), ProbeB);
        Coordinator.Tell(new WorkerProtocol.Failed(Run, A, "too"), ProbeA);
        var outcome = Outcome();
        Assert.Equal("worker b on node-b: disk on fire", outcome.Problem);
        Assert.Equal(1, outcome.Totals[Counter.Events]);
        AssertStopped(ProbeA, StopMode.Now);
        Report(ProbeA, A, 1, events: 2);
        Coordinator.Tell(new WorkerProtocol.Drained(Run, A, 1), ProbeA);
        Settle(Coordinator);
        ExpectNoMsg(TimeSpan.Zero);
        Assert.Equal(1, outcome.Totals[Counter.Events]);
    }

    [Fact]
    public void Running_a_crash_of_the_statistics_ends_the_run()
    {
        Prepare();
        PreparedBoth();
        Coordinator.Tell(new WorkerProtocol.WindowReport(Windows.Breaking(Run, A, 0)), ProbeA);
        Coordinator.Tell(new WorkerProtocol.WindowReport(Windows.Breaking(Run, B, 0)), ProbeB);
        var outcome = ExpectMsg<RunOutcome>();
        Assert.Equal(StopReason.WorkerFailed, outcome.Reason);
        Assert.StartsWith("statistics: ArgumentNullException", outcome.Problem, StringComparison.Ordinal);
        ProbeA.FishForMessage<WorkerProtocol.Stop>(_ => true);
        ProbeB.FishForMessage<WorkerProtocol.Stop>(_ => true);
        RunAgain();
    }

    [Fact]
    public void Running_a_window_that_makes_no_sense_is_missing_and_the_run_goes_on()
    {
        Prepare();
        PreparedBoth();
        Coordinator.Tell(new WorkerProtocol.WindowReport(Windows.Senseless(Run, A, 0)), ProbeA);
        ProbeA.ExpectMsg<WorkerProtocol.WindowAck>();
        Report(ProbeB, B, 0, events: 2);
        Finish(ProbeA, A, last: 1, events: 10);
        Finish(ProbeB, B, last: 1, events: 20);
        var outcome = Outcome();
        Assert.Equal((StopReason.Completed, 32L), (outcome.Reason, outcome.Totals[Counter.Events]));
        Assert.Equal([new GeneratorDoubt(GeneratorDoubtKind.WindowsMissing, "a", 0, 1, 1)], outcome.Doubts);

        // What it has measured is not all in the report: its windows stay with it.
        Assert.Equal([false, true], new[] { ProbeA, ProbeB }.Select(p => p.FishForMessage<WorkerProtocol.RunOver>(_ => true).Reported));
    }

    [Fact]
    public void Running_a_crash_of_the_statistics_while_the_run_breaks_still_ends_it()
    {
        Prepare(FailsWithAWorker);
        PreparedBoth();

        // Merged only when the run is given up: that second waits for b.
        Coordinator.Tell(new WorkerProtocol.WindowReport(Windows.Breaking(Run, A, 0)), ProbeA);
        Lose(ProbeB);
        Assert.Equal("worker b on node-b was lost", ExpectMsg<RunOutcome>().Problem);
    }

    [Fact]
    public void Losing_a_worker_that_takes_no_part_is_no_news_to_the_run()
    {
        var c = CreateTestProbe("c");
        Prepare();
        PreparedBoth();
        Register(c, new WorkerId("c"));
        Lose(c);
        Finish(ProbeA, A);
        Finish(ProbeB, B);
        Assert.Equal(StopReason.Completed, Outcome().Reason);
    }

    [Fact]
    public void Runs_follow_each_other_and_keep_their_numbers_apart()
    {
        Prepare();
        PreparedBoth();
        Finish(ProbeA, A, events: 5);
        Finish(ProbeB, B, events: 5);
        Assert.Equal(10, Outcome().Totals[Counter.Events]);
        Assert.Equal(4, RunAgain().Totals[Counter.Events]);
    }
}
