using ActorLoad.Actors.Coordination;
using ActorLoad.Actors.Tests.Stats;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using Akka.Actor;
using Akka.TestKit;

namespace ActorLoad.Actors.Tests.Coordination;

/// <summary>Every cell of the coordinator's table, with probes as workers. The test actor submits and listens.</summary>
public sealed class CoordinatorActorTests : VirtualTimeKit
{
    private static readonly RunId Run = new("run-1");
    private static readonly WorkerId A = new("a");
    private static readonly WorkerId B = new("b");
    private static readonly Scenario Scenario = SmallScenario.Create((0, 1), (60, 1));

    private readonly IActorRef _coordinator;
    private readonly TestProbe _a;
    private readonly TestProbe _b;

    public CoordinatorActorTests()
    {
        _coordinator = Sys.ActorOf(CoordinatorActor.Props(Time), "coordinator");
        _a = CreateTestProbe("a");
        _b = CreateTestProbe("b");
    }

    [Fact]
    public void Idle_without_a_worker_a_run_fails_at_once()
    {
        Submit(Run);
        var outcome = ExpectMsg<RunOutcome>();
        Assert.Equal((Run, StopReason.WorkerFailed, "there is no worker"), (outcome.Run, outcome.Reason, outcome.Problem));
        Assert.Empty(outcome.Nodes);
    }

    [Fact]
    public void Idle_what_belongs_to_no_run_is_ignored_and_a_late_window_acknowledged()
    {
        Register(_a, A);
        _coordinator.Tell(new WorkerProtocol.Prepared(Run, A, null), _a);
        _coordinator.Tell(new WorkerProtocol.Drained(Run, A, 3), _a);
        _coordinator.Tell(new WorkerProtocol.Failed(Run, A, "x"), _a);
        _coordinator.Tell(new RunProtocol.StopRun(Run, StopMode.Now));
        _coordinator.Tell(new WorkerProtocol.WindowReport(Windows.Create(Run, A, 7)), _a);
        Assert.Equal(new WorkerProtocol.WindowAck(Run, A, 7), _a.ExpectMsg<WorkerProtocol.WindowAck>());
        Settle(_coordinator);
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Idle_a_lost_worker_is_forgotten()
    {
        Register(_a, A);
        Register(_b, B);
        Lose(_a);

        // The news of a loss has no fixed time of arrival.
        AwaitAssert(() =>
        {
            Submit(Run);
            _coordinator.Tell(new RunProtocol.StopRun(Run, StopMode.Now));
            ExpectMsg<RunOutcome>();
            var segment = _b.FishForMessage<WorkerProtocol.Prepare>(_ => true).Segment;
            Assert.Equal(new Segment(0, 1, 1), segment);
        });
    }

    [Fact]
    public void Idle_a_worker_that_registers_twice_is_one_worker()
    {
        Register(_a, A);
        Register(_a, A);
        Submit(Run);
        Assert.Equal(new Segment(0, 1, 1), _a.ExpectMsg<WorkerProtocol.Prepare>().Segment);
        _a.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Preparing_each_worker_gets_its_segment_and_none_starts_before_all_are_prepared()
    {
        var segments = Prepare();
        Assert.Equal([new Segment(0, 1, 2), new Segment(1, 2, 2)], segments.OrderBy(s => s.From));
        Prepared(_a, A);
        _a.ExpectNoMsg(TimeSpan.Zero);
        Prepared(_b, B);
        Assert.Equal(new WorkerProtocol.Start(Run, Time.GetUtcNow()), _a.ExpectMsg<WorkerProtocol.Start>());
        _b.ExpectMsg<WorkerProtocol.Start>();
    }

    [Fact]
    public void Preparing_a_problem_of_one_worker_ends_the_run_and_frees_the_others()
    {
        Prepare();
        Prepared(_a, A);
        Prepared(_b, B, "no such TLS file");
        AssertBroken("no such TLS file");
        AssertStopped(_a, StopMode.Now);
        AssertStopped(_b, StopMode.Now);
    }

    [Fact]
    public void Preparing_a_lost_worker_ends_the_run()
    {
        Prepare();
        Lose(_b);
        AssertBroken("worker b was lost");
        AssertStopped(_a, StopMode.Now);
    }

    [Fact]
    public void Preparing_a_failed_worker_ends_the_run()
    {
        Prepare();
        _coordinator.Tell(new WorkerProtocol.Failed(Run, B, "disk on fire"), _b);
        AssertBroken("worker b: disk on fire");
    }

    [Fact]
    public void Preparing_a_worker_that_does_not_answer_ends_the_run_after_30_seconds()
    {
        Prepare();
        Prepared(_a, A);
        Settle(_coordinator);
        Advance(Seconds(29.9));
        Settle(_coordinator);
        ExpectNoMsg(TimeSpan.Zero);
        Advance(Seconds(0.2));
        AssertBroken("no answer from worker b within 30 s");
    }

    [Fact]
    public void Preparing_a_stop_frees_the_workers_and_ends_the_run()
    {
        Prepare();
        Prepared(_a, A);
        _coordinator.Tell(new RunProtocol.StopRun(Run, StopMode.Graceful));
        var outcome = ExpectMsg<RunOutcome>();
        Assert.Equal((StopReason.Interrupted, null), (outcome.Reason, outcome.Problem));
        AssertStopped(_a, StopMode.Now);
        AssertStopped(_b, StopMode.Now);
        Prepared(_b, B);
        Settle(_coordinator);
        _a.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Preparing_an_answer_for_another_run_counts_for_nothing()
    {
        Prepare();
        Prepared(_a, A);
        _coordinator.Tell(new WorkerProtocol.Prepared(new RunId("old"), B, null), _b);
        _coordinator.Tell(new WorkerProtocol.Prepared(new RunId("old"), B, "old problem"), _b);
        Settle(_coordinator);
        _a.ExpectNoMsg(TimeSpan.Zero);
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Preparing_and_running_a_second_run_is_refused_and_the_first_goes_on()
    {
        var second = new RunId("run-2");
        var other = CreateTestProbe();
        Prepare();
        for (var i = 0; i < 2; i++)
        {
            _coordinator.Tell(new RunProtocol.SubmitRun(second, Scenario), other);
            var refused = other.ExpectMsg<RunOutcome>();
            Assert.Equal((second, StopReason.WorkerFailed), (refused.Run, refused.Reason));
            Assert.Contains("run-1", refused.Problem, StringComparison.Ordinal);
            if (i == 0)
            {
                PreparedBoth();
            }
        }

        Finish(_a, A);
        Finish(_b, B);
        Assert.Equal(StopReason.Completed, Outcome().Reason);
    }

    [Fact]
    public void Running_windows_are_acknowledged_seconds_told_and_the_totals_are_the_outcome()
    {
        Prepare();
        PreparedBoth();
        Report(_a, A, 0, events: 1);
        Report(_b, B, 0, events: 2);
        var second = ExpectMsg<RunSecond>();
        Assert.Equal((Run, 0, 3L), (second.Run, second.Number, second.Second[Counter.Events]));
        Report(_b, B, 0, events: 2);
        Time.Advance(Seconds(7));
        Finish(_a, A, last: 1, events: 10);
        ExpectNoMsg(TimeSpan.Zero);
        Finish(_b, B, last: 1, events: 20);

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
        _coordinator.Tell(new RunProtocol.StopRun(new RunId("other"), StopMode.Now));
        _coordinator.Tell(new RunProtocol.StopRun(Run, StopMode.Graceful));
        AssertStopped(_a, StopMode.Graceful);
        AssertStopped(_b, StopMode.Graceful);
        _coordinator.Tell(new RunProtocol.StopRun(Run, StopMode.Now));
        AssertStopped(_a, StopMode.Now);
        AssertStopped(_b, StopMode.Now);
        Finish(_a, A, events: 4);
        Finish(_b, B, events: 5);
        var outcome = Outcome();
        Assert.Equal((StopReason.Interrupted, null), (outcome.Reason, outcome.Problem));
        Assert.Equal(9, outcome.Totals[Counter.Events]);
    }

    [Fact]
    public void Running_a_lost_worker_ends_the_run_with_all_that_was_reported()
    {
        Prepare();
        PreparedBoth();
        Report(_a, A, 0, events: 1);
        Report(_b, B, 0, events: 2);
        Report(_a, A, 1, events: 4);
        Report(_a, A, 2, events: 8);
        Lose(_b);
        AssertStopped(_a, StopMode.Now);
        var seconds = Enumerable.Range(0, 3).Select(_ => ExpectMsg<RunSecond>()).ToArray();
        var outcome = ExpectMsg<RunOutcome>();
        Assert.Equal((StopReason.WorkerFailed, "worker b was lost"), (outcome.Reason, outcome.Problem));
        Assert.Equal(15, outcome.Totals[Counter.Events]);
        Assert.Equal([3, 4, 8], seconds.Select(s => s.Second[Counter.Events]));
        Assert.Equal(["node-a", "node-b"], outcome.Nodes.Order());
    }

    [Fact]
    public void Running_a_failed_worker_ends_the_run_once_and_the_late_windows_of_the_others_are_acknowledged()
    {
        Prepare();
        PreparedBoth();
        Report(_a, A, 0, events: 1);
        _coordinator.Tell(new WorkerProtocol.Failed(Run, B, "disk on fire"), _b);
        _coordinator.Tell(new WorkerProtocol.Failed(Run, A, "too"), _a);
        var outcome = Outcome();
        Assert.Equal("worker b: disk on fire", outcome.Problem);
        Assert.Equal(1, outcome.Totals[Counter.Events]);
        AssertStopped(_a, StopMode.Now);
        Report(_a, A, 1, events: 2);
        _coordinator.Tell(new WorkerProtocol.Drained(Run, A, 1), _a);
        Settle(_coordinator);
        ExpectNoMsg(TimeSpan.Zero);
        Assert.Equal(1, outcome.Totals[Counter.Events]);
    }

    [Fact]
    public void Running_a_crash_of_the_statistics_ends_the_run()
    {
        Prepare();
        PreparedBoth();
        _coordinator.Tell(new WorkerProtocol.WindowReport(Windows.Broken(Run, A, 0)), _a);
        _coordinator.Tell(new WorkerProtocol.WindowReport(Windows.Broken(Run, B, 0)), _b);
        var outcome = ExpectMsg<RunOutcome>();
        Assert.Equal(StopReason.WorkerFailed, outcome.Reason);
        Assert.StartsWith("statistics: InvalidDataException", outcome.Problem, StringComparison.Ordinal);
        _a.FishForMessage<WorkerProtocol.Stop>(_ => true);
        _b.FishForMessage<WorkerProtocol.Stop>(_ => true);
        RunAgain();
    }

    [Fact]
    public void Running_a_crash_of_the_statistics_while_the_run_breaks_still_ends_it()
    {
        Prepare();
        PreparedBoth();

        // Merged only when the run is given up: that second waits for b.
        _coordinator.Tell(new WorkerProtocol.WindowReport(Windows.Broken(Run, A, 0)), _a);
        Lose(_b);
        Assert.Equal("worker b was lost", ExpectMsg<RunOutcome>().Problem);
    }

    [Fact]
    public void A_worker_that_comes_in_the_middle_of_a_run_waits_for_the_next()
    {
        var c = CreateTestProbe("c");
        Prepare();
        Prepared(_a, A);
        Register(c, new WorkerId("c"));
        Prepared(_b, B);
        _a.ExpectMsg<WorkerProtocol.Start>();
        _b.ExpectMsg<WorkerProtocol.Start>();
        Finish(_a, A);
        Finish(_b, B);
        Assert.Equal(["node-a", "node-b"], Outcome().Nodes.Order());
        c.ExpectNoMsg(TimeSpan.Zero);
        Submit(new RunId("run-2"));
        Assert.Equal(3, c.ExpectMsg<WorkerProtocol.Prepare>().Segment.Of);
    }

    [Fact]
    public void Losing_a_worker_that_takes_no_part_is_no_news_to_the_run()
    {
        var c = CreateTestProbe("c");
        Prepare();
        PreparedBoth();
        Register(c, new WorkerId("c"));
        Lose(c);
        Finish(_a, A);
        Finish(_b, B);
        Assert.Equal(StopReason.Completed, Outcome().Reason);
    }

    [Fact]
    public void Runs_follow_each_other_and_keep_their_numbers_apart()
    {
        Prepare();
        PreparedBoth();
        Finish(_a, A, events: 5);
        Finish(_b, B, events: 5);
        Assert.Equal(10, Outcome().Totals[Counter.Events]);
        Assert.Equal(4, RunAgain().Totals[Counter.Events]);
    }

    private RunOutcome RunAgain()
    {
        var next = new RunId("run-2");
        Submit(next);
        foreach (var (probe, id) in new[] { (_a, A), (_b, B) })
        {
            probe.FishForMessage<WorkerProtocol.Prepare>(p => p.Run == next);
            _coordinator.Tell(new WorkerProtocol.Prepared(next, id, null), probe);
        }

        foreach (var (probe, id) in new[] { (_a, A), (_b, B) })
        {
            probe.ExpectMsg<WorkerProtocol.Start>();

            // Left over from the run before: neither may end or fill this one.
            _coordinator.Tell(new WorkerProtocol.Drained(Run, id, 0), probe);
            Report(probe, id, 0, events: 100);
            Report(probe, id, 0, events: 1, run: next);
        }

        foreach (var (probe, id) in new[] { (_a, A), (_b, B) })
        {
            Report(probe, id, 1, events: 1, run: next);
            _coordinator.Tell(new WorkerProtocol.Drained(next, id, 1), probe);
        }

        var outcome = Outcome();
        Assert.Equal((next, StopReason.Completed), (outcome.Run, outcome.Reason));
        return outcome;
    }

    private void Register(TestProbe probe, WorkerId id) => _coordinator.Tell(new WorkerProtocol.Register(id, $"node-{id}"), probe);

    private void Submit(RunId run) => _coordinator.Tell(new RunProtocol.SubmitRun(run, Scenario), TestActor);

    private Segment[] Prepare()
    {
        Register(_a, A);
        Register(_b, B);
        Submit(Run);
        return [_a.ExpectMsg<WorkerProtocol.Prepare>().Segment, _b.ExpectMsg<WorkerProtocol.Prepare>().Segment];
    }

    private void Prepared(TestProbe probe, WorkerId id, string? problem = null) =>
        _coordinator.Tell(new WorkerProtocol.Prepared(Run, id, problem), probe);

    private void PreparedBoth()
    {
        Prepared(_a, A);
        Prepared(_b, B);
        _a.ExpectMsg<WorkerProtocol.Start>();
        _b.ExpectMsg<WorkerProtocol.Start>();
    }

    private void Report(TestProbe probe, WorkerId id, int number, long events, RunId? run = null)
    {
        var of = run ?? Run;
        _coordinator.Tell(new WorkerProtocol.WindowReport(Windows.Create(of, id, number, events)), probe);
        Assert.Equal(new WorkerProtocol.WindowAck(of, id, number), probe.ExpectMsg<WorkerProtocol.WindowAck>());
    }

    // Reports the windows up to the last one, which has the events.
    private void Finish(TestProbe probe, WorkerId id, int last = 0, long events = 1)
    {
        Report(probe, id, last, events);
        _coordinator.Tell(new WorkerProtocol.Drained(Run, id, last), probe);
    }

    private void Lose(TestProbe probe)
    {
        var watcher = CreateTestProbe();
        watcher.Watch(probe.Ref);
        Sys.Stop(probe.Ref);
        watcher.ExpectTerminated(probe.Ref);
        Settle(_coordinator);
    }

    private RunOutcome Outcome() => FishForMessage<RunOutcome>(_ => true);

    private void AssertBroken(string problem)
    {
        var outcome = ExpectMsg<RunOutcome>();
        Assert.Equal((StopReason.WorkerFailed, problem), (outcome.Reason, outcome.Problem));
        Assert.Equal(0, outcome.Totals[Counter.Events]);
    }

    private static void AssertStopped(TestProbe probe, StopMode mode) =>
        Assert.Equal(new WorkerProtocol.Stop(Run, mode), probe.ExpectMsg<WorkerProtocol.Stop>());
}
