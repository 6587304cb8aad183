using System.Collections.Concurrent;
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

/// <summary>One worker with a coordinator that keeps its windows, acknowledges them, and passes the rest to a probe.</summary>
public abstract class WorkerKit : VirtualTimeKit
{
    protected static readonly RunId Run = new("run-1");
    protected static readonly RunId Next = new("run-2");
    protected static readonly WorkerId Id = new("w");

    private readonly IActorRef _desk;
    private volatile bool _acknowledges = true;

    protected WorkerKit()
    {
        Coordinator = CreateTestProbe("coordinator");
        _desk = Sys.ActorOf(Props.Create(() => new Desk(this)));
        Worker = Sys.ActorOf(WorkerActor.Props(new WorkerOptions(Id, "here", "1", _desk, Connect, Time)), "worker");
    }

    protected IActorRef Worker { get; }

    /// <summary>Gets all that the worker says but its windows.</summary>
    protected TestProbe Coordinator { get; }

    /// <summary>Whether windows are acknowledged as they arrive.</summary>
    protected bool Acknowledges
    {
        get => _acknowledges;
        set => _acknowledges = value;
    }

    private protected ConcurrentQueue<MemoryConnector> Connectors { get; } = [];

    /// <summary>What the next run's connector answers; an exception it throws is a problem of preparing.</summary>
    private protected Func<MemoryConnector> NextConnector { get; set; } = () => new MemoryConnector();

    protected ConcurrentQueue<StatsWindow> Reported { get; } = [];

    protected void Prepare(RunId run, Scenario scenario) =>
        Worker.Tell(new WorkerProtocol.Prepare(
            new RunOrder(run, scenario, "", DateTimeOffset.UnixEpoch),
            new Roster(1, 1, TimeSpan.Zero, [new RosterEntry(Id, "here", 0, RosterState.Active, [new ShareGrant(1, TimeSpan.Zero, [0])])])), _desk);

    protected void PrepareAndStart(RunId run, Scenario scenario)
    {
        Prepare(run, scenario);
        ExpectPrepared(run);
        Start(run);
        if (scenario.Load.Duration > TimeSpan.Zero)
        {
            // The windows begin when the statistics do; before that time must not go on.
            Settle(Child("stats"));
        }
    }

    protected void Start(RunId run)
    {
        Worker.Tell(new WorkerProtocol.Start(run, Time.GetUtcNow()), _desk);
        Settle(Worker);
    }

    protected void Stop(RunId run, StopMode mode) => Worker.Tell(new WorkerProtocol.Stop(run, mode), _desk);

    protected void ExpectPrepared(RunId run) =>
        Assert.Equal(new WorkerProtocol.Prepared(run, Id, null), Coordinator.ExpectMsg<WorkerProtocol.Prepared>());

    /// <returns>The totals of the run's windows, each counted once.</returns>
    protected StatsTotals ExpectDrained(RunId run)
    {
        var drained = Coordinator.ExpectMsg<WorkerProtocol.Drained>();
        Assert.Equal((run, Id), (drained.Run, drained.Worker));
        AwaitAssert(() => Assert.Equal(Enumerable.Range(0, drained.LastWindow + 1), Windows(run).Select(w => w.Number)));
        var totals = new StatsTotals();
        foreach (var window in Windows(run))
        {
            totals.Add(window);
        }

        return totals;
    }

    protected StatsWindow[] Windows(RunId run) =>
        [.. Reported.Where(w => w.Run == run).DistinctBy(w => w.Number).OrderBy(w => w.Number)];

    /// <summary>An actor of the worker's tree, when it is there.</summary>
    protected IActorRef Child(string path)
    {
        IActorRef child = ActorRefs.Nobody;
        AwaitAssert(() =>
        {
            var probe = CreateTestProbe();
            Sys.ActorSelection($"/user/worker/{path}").Tell(new Identify(null), probe);
            child = probe.ExpectMsg<ActorIdentity>().Subject;
            Assert.NotNull(child);
        });
        return child;
    }

    /// <summary>How many users are there right now.</summary>
    protected int Users()
    {
        var users = Child("users");
        Settle(users);
        return ((ActorRefWithCell)users).Children.Count();
    }

    private MemoryConnector Connect(Scenario scenario)
    {
        var connector = NextConnector();
        Connectors.Enqueue(connector);
        return connector;
    }

    private sealed class Desk(WorkerKit kit) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is not WorkerProtocol.WindowReport { Window: var window })
            {
                kit.Coordinator.Forward(message);
                return;
            }

            kit.Reported.Enqueue(window);
            if (kit.Acknowledges)
            {
                Sender.Tell(new WorkerProtocol.WindowAck(window.Run, window.Worker, window.Number));
            }
        }
    }
}
