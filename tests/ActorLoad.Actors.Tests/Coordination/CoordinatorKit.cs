using ActorLoad.Actors.Coordination;
using ActorLoad.Actors.Tests.Stats;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using Akka.Actor;
using Akka.TestKit;

namespace ActorLoad.Actors.Tests.Coordination;

/// <summary>A coordinator with probes as its workers. The test actor submits and listens.</summary>
public abstract class CoordinatorKit : VirtualTimeKit
{
    protected static readonly RunId Run = new("run-1");
    protected static readonly WorkerId A = new("a");
    protected static readonly WorkerId B = new("b");
    protected static readonly Threshold Few = new("events", "count < 1000", "count", "<", 1000) { AbortOnFail = true };

    /// <summary>So short that no run is too short for it.</summary>
    protected static readonly Scenario Scenario = SmallScenario.Create((0, 1), (3, 1)) with { Thresholds = [Few] };

    /// <summary>A run that has not ended before its last windows has been cut short.</summary>
    protected static readonly Scenario Minute = SmallScenario.Create((0, 1), (60, 1));

    protected CoordinatorKit()
        : this(o => o)
    {
    }

    protected CoordinatorKit(Func<CoordinatorOptions, CoordinatorOptions> options)
    {
        Coordinator = Sys.ActorOf(CoordinatorActor.Props(options(new CoordinatorOptions("here", "1", Time))), "coordinator");
        ProbeA = CreateTestProbe("a");
        ProbeB = CreateTestProbe("b");
    }

    protected IActorRef Coordinator { get; }

    protected TestProbe ProbeA { get; }

    protected TestProbe ProbeB { get; }

    protected RunOutcome RunAgain()
    {
        var next = new RunId("run-2");
        Submit(next);
        foreach (var (probe, id) in new[] { (ProbeA, A), (ProbeB, B) })
        {
            probe.FishForMessage<WorkerProtocol.Prepare>(p => p.Run == next);
            Coordinator.Tell(new WorkerProtocol.Prepared(next, id, null, 1), probe);
        }

        foreach (var (probe, id) in new[] { (ProbeA, A), (ProbeB, B) })
        {
            probe.FishForMessage<WorkerProtocol.Start>(_ => true);

            // Left over from the run before: neither may end or fill this one.
            Coordinator.Tell(new WorkerProtocol.Drained(Run, id, 0), probe);
            Report(probe, id, 0, events: 100);
            Report(probe, id, 0, events: 1, run: next);
        }

        foreach (var (probe, id) in new[] { (ProbeA, A), (ProbeB, B) })
        {
            Report(probe, id, 1, events: 1, run: next);
            Coordinator.Tell(new WorkerProtocol.Drained(next, id, 1), probe);
        }

        var outcome = Outcome();
        Assert.Equal((next, StopReason.Completed), (outcome.Run, outcome.Reason));
        return outcome;
    }

    protected void Register(TestProbe probe, WorkerId id, WorkerCapacity? capacity = null, RunningState? running = null)
    {
        Coordinator.Tell(new WorkerProtocol.Register(id, $"node-{id}", capacity ?? new WorkerCapacity(null, null, 1), running), probe);
        Assert.Equal(id, probe.FishForMessage<WorkerProtocol.Registered>(_ => true).Worker);
    }

    protected RunProtocol.SubmitAnswer Submit(RunId run, Scenario? scenario = null)
    {
        Coordinator.Tell(new RunProtocol.SubmitRun(Order(run, scenario)), TestActor);
        return FishForMessage<RunProtocol.SubmitAnswer>(a => a.Run == run);
    }

    protected static RunOrder Order(RunId run, Scenario? scenario = null) => new(run, scenario ?? Scenario, "", DateTimeOffset.UnixEpoch);

    protected string? Stop(RunId run, StopMode mode)
    {
        var asker = CreateTestProbe();
        Coordinator.Tell(new RunProtocol.StopRun(run, mode), asker);
        return asker.ExpectMsg<RunProtocol.StopAnswer>().Problem;
    }

    protected Roster Prepare(Scenario? scenario = null)
    {
        Register(ProbeA, A);
        Register(ProbeB, B);
        Submit(Run, scenario);
        ProbeB.ExpectMsg<WorkerProtocol.Prepare>();
        return ProbeA.ExpectMsg<WorkerProtocol.Prepare>().Roster;
    }

    protected RunStatus Status(RunId? run = null)
    {
        var asker = CreateTestProbe();
        Coordinator.Tell(new RunProtocol.RunsQuery(), asker);
        return asker.ExpectMsg<RunProtocol.RunsAnswer>().Runs.Single(r => r.Run == (run ?? Run));
    }

    protected void Prepared(TestProbe probe, WorkerId id, string? problem = null, int epoch = 1) =>
        Coordinator.Tell(new WorkerProtocol.Prepared(Run, id, problem, epoch), probe);

    protected void PreparedBoth()
    {
        Prepared(ProbeA, A);
        Prepared(ProbeB, B);
        ProbeA.ExpectMsg<WorkerProtocol.Start>();
        ProbeB.ExpectMsg<WorkerProtocol.Start>();
        Started(ProbeA, A);
        Started(ProbeB, B);
    }

    protected void Started(TestProbe probe, WorkerId id) => Coordinator.Tell(new WorkerProtocol.Started(Run, id), probe);

    /// <summary>What the run has heard is behind it when this returns: messages pass through the coordinator.</summary>
    protected void SettleRun(RunId? run = null)
    {
        Settle(Coordinator);
        var probe = CreateTestProbe();
        Sys.ActorSelection($"/user/coordinator/run-{run ?? Run}").Tell(new Identify(null), probe);
        probe.ExpectMsg<ActorIdentity>();
        Settle(Coordinator);
    }

    protected void Report(TestProbe probe, WorkerId id, int number, long events, RunId? run = null)
    {
        var of = run ?? Run;
        Coordinator.Tell(new WorkerProtocol.WindowReport(Windows.Create(of, id, number, events)), probe);
        Assert.Equal(new WorkerProtocol.WindowAck(of, id, number), probe.FishForMessage<WorkerProtocol.WindowAck>(_ => true));
    }

    // Reports the windows up to the last one, which has the events.
    protected void Finish(TestProbe probe, WorkerId id, int last = 0, long events = 1)
    {
        Report(probe, id, last, events);
        Coordinator.Tell(new WorkerProtocol.Drained(Run, id, last), probe);
    }

    /// <summary>Reports all windows up to the last one of a plan of a minute.</summary>
    protected void FinishMinute(TestProbe probe, WorkerId id, int from = 0)
    {
        for (var n = from; n < 59; n++)
        {
            Report(probe, id, n, events: 0);
        }

        Finish(probe, id, last: 59);
    }

    protected void Lose(TestProbe probe)
    {
        var watcher = CreateTestProbe();
        watcher.Watch(probe.Ref);
        Sys.Stop(probe.Ref);
        watcher.ExpectTerminated(probe.Ref);
        AwaitAssert(() => Assert.DoesNotContain(Nodes(), n => probe.Ref.Path.Name.StartsWith(n.Worker.Value, StringComparison.Ordinal)));
        SettleRun();
    }

    protected NodeRow[] Nodes()
    {
        var asker = CreateTestProbe();
        Coordinator.Tell(new RunProtocol.NodesQuery(), asker);
        return asker.ExpectMsg<RunProtocol.NodesAnswer>().Nodes;
    }

    protected RunOutcome Outcome() => FishForMessage<RunOutcome>(_ => true);

    protected void AssertBroken(string problem)
    {
        var outcome = Outcome();
        Assert.Equal((StopReason.WorkerFailed, problem), (outcome.Reason, outcome.Problem));
        Assert.Equal(0, outcome.Totals[Counter.Events]);
    }

    protected static void AssertStopped(TestProbe probe, StopMode mode) =>
        Assert.Equal(new WorkerProtocol.Stop(Run, mode), probe.ExpectMsg<WorkerProtocol.Stop>());
}
