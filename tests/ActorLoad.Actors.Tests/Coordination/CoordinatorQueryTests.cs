using ActorLoad.Actors.Coordination;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using ActorLoad.Messages.Wire;
using Akka.Actor;
using Akka.TestKit;

namespace ActorLoad.Actors.Tests.Coordination;

/// <summary>What a coordinator with a recorder answers to whoever asks, and what it asks of the recorder.</summary>
public sealed class CoordinatorQueryTests : CoordinatorKit
{
    private static readonly RunId Second = new("run-2");

    private readonly Desk _desk;

    public CoordinatorQueryTests()
        : this(new Desk())
    {
    }

    private CoordinatorQueryTests(Desk desk)
        : base(o => o with { Recorder = desk.Recorder })
    {
        (_desk, desk.Probe) = (desk, CreateTestProbe("recorded"));

        // Nobody has a run already.
        Settle(Coordinator);
        Advance(Seconds(6));
    }

    [Fact]
    public void The_recorder_hears_of_seconds_and_outcome_and_the_submitter_only_that_the_run_is_known()
    {
        Run1();
        Assert.Equal(0, _desk.Probe!.ExpectMsg<RunSecond>().Number);
        var outcome = _desk.Probe.ExpectMsg<RunOutcome>();
        Assert.Equal((Run, StopReason.Completed), (outcome.Run, outcome.Reason));
        Assert.True(ProbeA.FishForMessage<WorkerProtocol.RunOver>(_ => true).Reported);
        ExpectNoMsg(TimeSpan.Zero);
        AwaitAssert(() => Assert.Equal(RunPhase.Ended, Status().Phase));
        var status = Status();
        Assert.Equal(("passed", 0, "results/run-1", "here"), (status.Status, status.ExitCode, status.Folder, status.Coordinator));
        Assert.Equal(2, status.Counters[(int)Counter.Events]);
    }

    [Fact]
    public void A_single_worker_of_a_cluster_has_shares_that_others_can_take()
    {
        Register(ProbeA, A);
        Submit(Run);
        Assert.Equal(840, ProbeA.ExpectMsg<WorkerProtocol.Prepare>().Roster.Of);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_fails_the_run_before_it_begins()
    {
        _desk.Made = new RunFolderMade(Run, null, "no space left on device");
        Register(ProbeA, A);
        Submit(Run);
        AwaitAssert(() => Assert.Equal(RunPhase.Ended, Status().Phase));
        Assert.Equal(("failed", 1, "no space left on device"), (Status().Status, Status().ExitCode, Status().Note));
        ProbeA.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_recorder_that_stops_ends_the_run_as_failed()
    {
        Begin();
        Sys.ActorSelection($"{Coordinator.Path}/run-{Run}/recorder").Tell("stop");
        ProbeA.FishForMessage<WorkerProtocol.Stop>(s => s.Mode == StopMode.Now);
        AwaitAssert(() => Assert.Equal("the report cannot be written: its writer stopped", Status().Note));
        Assert.Equal(("failed", 1), (Status().Status, Status().ExitCode));
        Assert.False(ProbeA.FishForMessage<WorkerProtocol.RunOver>(_ => true).Reported);
        AssertLate(ProbeA, A, reported: false);
    }

    [Fact]
    public void A_report_that_is_not_complete_is_none_that_windows_could_go_for()
    {
        _desk.Problem = "no space left on device";
        Run1();
        Assert.False(ProbeB.FishForMessage<WorkerProtocol.RunOver>(_ => true).Reported);
        AssertLate(ProbeB, B, reported: false);
    }

    [Fact]
    public void A_run_that_crashed_has_no_report()
    {
        Begin();
        Sys.ActorSelection($"{Coordinator.Path}/run-{Run}").Tell(Kill.Instance);
        Assert.False(ProbeA.FishForMessage<WorkerProtocol.RunOver>(_ => true).Reported);
        AssertLate(ProbeA, A, reported: false);
    }

    [Fact]
    public void A_worker_that_was_lost_keeps_what_the_report_does_not_have_and_the_others_do_not()
    {
        Begin();
        Report(ProbeB, B, 0, events: 2);
        Lose(ProbeB);
        var back = CreateTestProbe("b-back");
        AssertLate(back, B, reported: false);
        Finish(ProbeA, A);
        Assert.True(ProbeA.FishForMessage<WorkerProtocol.RunOver>(_ => true).Reported);
        AwaitAssert(() => Assert.Equal(RunPhase.Ended, Status().Phase));
        AssertLate(back, B, reported: false);
        AssertLate(ProbeA, A, reported: true);
        AssertLate(CreateTestProbe("x"), new WorkerId("x"), reported: false);
    }

    [Fact]
    public void The_time_to_wait_for_workers_begins_again_while_there_is_no_folder()
    {
        var scenario = Scenario with { Cluster = new ClusterSettings { WorkerTimeout = TimeSpan.FromSeconds(10) } };
        _desk.IsSlow = true;
        Register(ProbeA, A);
        Submit(Run, scenario);
        SettleRun();
        Advance(Seconds(10));
        SettleRun();
        Lose(ProbeA);
        Sys.ActorSelection($"{Coordinator.Path}/run-{Run}/recorder").Tell("made");
        SettleRun();
        Advance(Seconds(10));
        Assert.Equal("0 of 1 worker came within 10 s", _desk.Probe!.FishForMessage<RunOutcome>(_ => true).Problem);
    }

    [Fact]
    public void Too_few_workers_have_a_report_too()
    {
        Submit(Run, Scenario with { Cluster = new ClusterSettings { MinWorkers = 3, WorkerTimeout = TimeSpan.FromSeconds(10) } });
        Register(ProbeA, A);
        Register(ProbeB, B);
        SettleRun();
        Assert.Equal("waits for workers: 2 of 3", Status().Note);
        Advance(Seconds(10));
        Assert.Equal("2 of 3 workers came within 10 s", _desk.Probe!.FishForMessage<RunOutcome>(_ => true).Problem);
        ProbeA.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Workers_that_cannot_hold_the_connections_are_not_enough()
    {
        var scenario = SmallScenario.Create((0, 1000), (60, 1000)) with
        {
            UserTypes = [SmallScenario.Reader("reader", SmallScenario.Receive("/", 1))],
            Cluster = new ClusterSettings { WorkerTimeout = TimeSpan.FromSeconds(10) },
        };
        Register(ProbeA, A, new WorkerCapacity(750, null, 1));
        Submit(Run, scenario);
        SettleRun();
        Assert.Equal("waits for workers: 600 of 1,000 connections", Status().Note);
        Register(ProbeB, B, new WorkerCapacity(1150, null, 1));
        var roster = ProbeA.ExpectMsg<WorkerProtocol.Prepare>().Roster;
        Assert.Equal([420, 420], roster.Workers.Select(w => w.Shares.Count()));
    }

    [Fact]
    public void A_worker_gets_no_more_than_it_can_hold()
    {
        var scenario = SmallScenario.Create((0, 1000), (60, 1000)) with
        {
            UserTypes = [SmallScenario.Reader("reader", SmallScenario.Receive("/", 1))],
            Cluster = new ClusterSettings { MinWorkers = 2 },
        };
        Register(ProbeA, A, new WorkerCapacity(400, null, 1));
        Register(ProbeB, B);
        Submit(Run, scenario);
        var roster = ProbeA.ExpectMsg<WorkerProtocol.Prepare>().Roster;
        Assert.Equal([210, 630], roster.Workers.Select(w => w.Shares.Count()));
    }

    [Fact]
    public void Runs_are_told_in_order_and_the_same_run_twice_is_one()
    {
        Begin();
        Assert.Equal(1, Submit(Second).Position);
        Assert.Equal(2, Submit(new RunId("run-3")).Position);
        Assert.Equal(1, Submit(Second).Position);
        Assert.Equal(0, Submit(Run).Position);
        Assert.Equal([(Run, 0), (Second, 1), (new RunId("run-3"), 2)], Runs().Select(r => (r.Run, r.Position)));
        Assert.Null(Stop(Second, StopMode.Graceful));
        Assert.Equal("run run-2 has ended", Stop(Second, StopMode.Graceful));
        Assert.Equal([(Second, "interrupted"), (Run, null), (new RunId("run-3"), null)], Runs().Select(r => (r.Run, r.Status)));
    }

    [Fact]
    public void Summaries_are_there_when_a_run_has_ended()
    {
        Assert.Equal("there is no run 'run-1'", Summary(Run).Problem);
        Run1();
        AwaitAssert(() => Assert.Equal(FakeRecorder.Json, Summary(Run).Json));
        Submit(Second);
        Assert.Equal("run run-2 has not ended", Summary(Second).Problem);
        Stop(Second, StopMode.Now);
    }

    [Fact]
    public void Whoever_watches_is_told_every_second_until_the_end_or_for_ten_seconds()
    {
        var watcher = CreateTestProbe();
        Coordinator.Tell(new RunProtocol.WatchRun(Run), watcher);
        Assert.Null(watcher.ExpectMsg<RunProtocol.WatchAnswer>().Status);
        Begin(Minute);
        Coordinator.Tell(new RunProtocol.WatchRun(Run), watcher);
        Assert.Equal(RunPhase.Running, watcher.ExpectMsg<RunProtocol.WatchAnswer>().Status!.Phase);
        for (var i = 0; i < 10; i++)
        {
            Advance(Seconds(1));
            Assert.Equal(RunPhase.Running, watcher.ExpectMsg<RunProtocol.WatchAnswer>().Status!.Phase);
        }

        Advance(Seconds(1));
        Settle(Coordinator);
        watcher.ExpectNoMsg(TimeSpan.Zero);
        Coordinator.Tell(new RunProtocol.WatchRun(Run), watcher);
        watcher.ExpectMsg<RunProtocol.WatchAnswer>();
        Finish(ProbeA, A);
        Finish(ProbeB, B);
        Assert.Equal("passed", watcher.FishForMessage<RunProtocol.WatchAnswer>(w => w.Status!.Phase == RunPhase.Ended).Status!.Status);
        Advance(Seconds(1));
        Settle(Coordinator);
        watcher.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Nodes_are_told_with_what_they_last_said_of_themselves()
    {
        Begin();
        var health = new GeneratorHealth(12, 0.5, 0, 0, 0, 0, 0);
        Coordinator.Tell(new WorkerProtocol.WindowReport(Windows.Create(Run, A, 0, level: 7) with { Health = health }), ProbeA);
        var rows = Nodes();
        Assert.Equal(
            new NodeRow("node-a", A, new WorkerCapacity(null, null, 1), Run, 420, 7, 14, 0.5, 12, 0, 0), rows[0] with { Capacity = new WorkerCapacity(null, null, 1) });
        Assert.Equal((B, 420, 0L), (rows[1].Worker, rows[1].Shares, rows[1].UsersActive));
    }

    [Fact]
    public void A_worker_of_another_protocol_version_is_refused_with_a_reason()
    {
        Coordinator.Tell(new WorkerProtocol.Hello(A, "there", WireMessages.ProtocolVersion + 1, "9.9"), ProbeA);
        var answer = ProbeA.ExpectMsg<WorkerProtocol.HelloAnswer>();
        Assert.Equal(
            "the coordinator on here runs actorload 1 and speaks protocol version 2, the worker on there runs actorload 9.9 and speaks version 3: install the same on both",
            answer.Refusal);
        Coordinator.Tell(new WorkerProtocol.Hello(A, "there", WireMessages.ProtocolVersion, "9.9"), ProbeA);
        var second = ProbeA.ExpectMsg<WorkerProtocol.HelloAnswer>();
        Assert.Equal((null, answer.Coordinator), (second.Refusal, second.Coordinator));
    }

    [Fact]
    public void Messages_in_pieces_are_put_together_and_broken_ones_cost_nothing()
    {
        var large = Order(Run) with { ScenarioText = new string('x', 200_000) };
        var pieces = Parcels.Split(new RunProtocol.SubmitRun(large)).Cast<Parcel>().ToList();
        Coordinator.Tell(pieces[0] with { Id = "broken", Count = 1, Bytes = [1, 2, 3] }, TestActor);
        foreach (var piece in pieces.AsEnumerable().Reverse())
        {
            Coordinator.Tell(piece, TestActor);
        }

        Assert.Equal(Run, ExpectMsg<RunProtocol.SubmitAnswer>().Run);
        Assert.Single(Runs());
    }

    [Fact]
    public void Leaving_without_a_run_is_no_matter_and_nothing_begins_any_more()
    {
        Coordinator.Tell(new CoordinatorActor.Leave(OthersStandBy: false), TestActor);
        ExpectMsg<CoordinatorActor.Left>();
        Assert.StartsWith("the coordinator on here is leaving", Submit(Run).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Leaving_while_others_stand_by_leaves_the_run_to_them()
    {
        Begin();
        Coordinator.Tell(new CoordinatorActor.Leave(OthersStandBy: true), TestActor);
        ExpectMsg<CoordinatorActor.Left>();
        SettleRun();
        ProbeA.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Leaving_alone_ends_the_run_with_a_report_first()
    {
        Begin();
        Submit(Second);
        Coordinator.Tell(new CoordinatorActor.Leave(OthersStandBy: false), TestActor);
        AssertStopped(ProbeA, StopMode.Graceful);
        Settle(Coordinator);
        ExpectNoMsg(TimeSpan.Zero);
        Finish(ProbeA, A);
        Finish(ProbeB, B);
        ExpectMsg<CoordinatorActor.Left>();
        Assert.Equal(StopReason.Interrupted, _desk.Probe!.FishForMessage<RunOutcome>(_ => true).Reason);
        Assert.Equal(["interrupted", "passed"], Runs().Select(r => r.Status));
    }

    private void Begin(Scenario? scenario = null)
    {
        Prepare(scenario);
        PreparedBoth();
        SettleRun();
    }

    private void Run1()
    {
        Begin();
        Finish(ProbeA, A);
        Finish(ProbeB, B);
    }

    private void AssertLate(TestProbe probe, WorkerId id, bool reported)
    {
        Coordinator.Tell(new WorkerProtocol.WindowReport(Windows.Create(Run, id, 7)), probe);
        Assert.Equal(new WorkerProtocol.RunOver(Run, reported), probe.FishForMessage<WorkerProtocol.RunOver>(_ => true));
    }

    private RunStatus[] Runs()
    {
        var asker = CreateTestProbe();
        Coordinator.Tell(new RunProtocol.RunsQuery(), asker);
        return asker.ExpectMsg<RunProtocol.RunsAnswer>().Runs;
    }

    private RunProtocol.SummaryAnswer Summary(RunId run)
    {
        var asker = CreateTestProbe();
        Coordinator.Tell(new RunProtocol.SummaryQuery(run), asker);
        return asker.ExpectMsg<RunProtocol.SummaryAnswer>();
    }

    // The probe is made by the kit whose constructor wants the recorder first.
    private sealed class Desk : ICanTell
    {
        public TestProbe? Probe { get; set; }

        public RunFolderMade? Made { get; set; }

        public string? Problem { get; set; }

        /// <summary>It says that the folder is made when it is told so.</summary>
        public bool IsSlow { get; set; }

        public Props Recorder(RunOrder order) => FakeRecorder.Props(order, this, Made, Problem, IsSlow);

        public void Tell(object message, IActorRef sender) => Probe!.Ref.Tell(message, sender);
    }
}
