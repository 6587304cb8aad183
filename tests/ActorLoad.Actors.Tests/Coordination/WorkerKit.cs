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

/// <summary>
/// One worker with a coordinator that answers its greetings, keeps its windows and acknowledges them, says that a run is over
/// when it has all of them, and passes the rest to a probe.
/// </summary>
public abstract class WorkerKit : VirtualTimeKit
{
    protected static readonly RunId Run = new("run-1");
    protected static readonly RunId Next = new("run-2");
    protected static readonly WorkerId Id = new("w");

    private readonly IActorRef _desk;
    private volatile bool _acknowledges = true;
    private volatile bool _silent;
    private volatile bool _noGreetings;

    /// <param name="spools">Whether the worker has a folder for its windows.</param>
    protected WorkerKit(bool spools = false)
    {
        SpoolFolder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Coordinator = CreateTestProbe("coordinator");
        _desk = Sys.ActorOf(Props.Create(() => new Desk(this)));
        Worker = Sys.ActorOf(WorkerActor.Props(new WorkerOptions(Id, "here", "1", _desk, Connect, Time) { SpoolFolder = spools ? SpoolFolder : null }), "worker");
    }

    protected IActorRef Worker { get; }

    /// <summary>Not there until something is written to it.</summary>
    protected string SpoolFolder { get; }

    /// <summary>Gets what the worker says of its runs, but not its windows, nor that it has drained twice.</summary>
    protected TestProbe Coordinator { get; }

    /// <summary>Whether windows are acknowledged as they arrive.</summary>
    protected bool Acknowledges
    {
        get => _acknowledges;
        set => _acknowledges = value;
    }

    /// <summary>Whether the coordinator hears and says nothing.</summary>
    protected bool Silent
    {
        get => _silent;
        set => _silent = value;
    }

    /// <summary>Whether only greetings are left without an answer.</summary>
    protected bool NoGreetings
    {
        get => _noGreetings;
        set => _noGreetings = value;
    }

    private protected ConcurrentQueue<MemoryConnector> Connectors { get; } = [];

    /// <summary>What the next run's connector answers; an exception it throws is a problem of preparing.</summary>
    private protected Func<MemoryConnector> NextConnector { get; set; } = () => new MemoryConnector();

    protected ConcurrentQueue<StatsWindow> Reported { get; } = [];

    /// <summary>What is said the same way at every start.</summary>
    protected ConcurrentQueue<object> Greetings { get; } = [];

    /// <summary>All of the plan in one share.</summary>
    protected static Roster Whole { get; } = Shares(1, 1, new ShareGrant(1, TimeSpan.Zero, [0]));

    /// <summary>A roster with this worker only.</summary>
    protected static Roster Shares(int epoch, int of, params ShareGrant[] grants) =>
        new(epoch, of, TimeSpan.Zero, [new RosterEntry(Id, "here", 0, RosterState.Active, grants)]);

    protected void Prepare(RunId run, Scenario scenario, Roster? roster = null) =>
        Tell(new WorkerProtocol.Prepare(new RunOrder(run, scenario, "", DateTimeOffset.UnixEpoch), roster ?? Whole));

    /// <summary>Lets whole seconds go by, one at a time; worker, statistics and coordinator are done with each before the next.</summary>
    protected void PassSeconds(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            Advance(Seconds(1));
            Settle(Worker);
            var probe = CreateTestProbe();
            Sys.ActorSelection("/user/worker/stats").Tell(new Identify(null), probe);
            probe.ExpectMsg<ActorIdentity>();
            Settle(_desk);
            Settle(Worker);
        }
    }

    /// <summary>As the coordinator.</summary>
    protected void Tell(object message) => Worker.Tell(message, _desk);

    protected void PrepareAndStart(RunId run, Scenario scenario, Roster? roster = null)
    {
        Prepare(run, scenario, roster);
        ExpectPrepared(run);
        Start(run);
        if (scenario.Load.Duration > TimeSpan.Zero)
        {
            // The windows begin when the statistics do; before that time must not go on.
            Settle(Child("stats"));
        }
    }

    protected void Start(RunId run, TimeSpan after = default)
    {
        Tell(new WorkerProtocol.Start(run, Time.GetUtcNow() + after));
        Settle(Worker);
    }

    protected void Stop(RunId run, StopMode mode) => Tell(new WorkerProtocol.Stop(run, mode));

    protected void ExpectPrepared(RunId run) =>
        Assert.Equal(new WorkerProtocol.Prepared(run, Id, null, 1), Coordinator.ExpectMsg<WorkerProtocol.Prepared>());

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
        private readonly HashSet<RunId> _drained = [];

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case var _ when kit.Silent:
                    break;
                case WorkerProtocol.Hello when kit.NoGreetings:
                    break;
                case WorkerProtocol.Hello:
                    kit.Greetings.Enqueue(message);
                    Sender.Tell(new WorkerProtocol.HelloAnswer("first", "there", 1, "1", null));
                    break;
                case WorkerProtocol.Register register:
                    kit.Greetings.Enqueue(message);
                    Sender.Tell(new WorkerProtocol.Registered("first", register.Worker));
                    break;
                case WorkerProtocol.Started:
                    kit.Greetings.Enqueue(message);
                    break;
                case WorkerProtocol.WindowReport { Window: var window }:
                    kit.Reported.Enqueue(window);
                    if (kit.Acknowledges)
                    {
                        Sender.Tell(new WorkerProtocol.WindowAck(window.Run, window.Worker, window.Number));
                    }

                    break;
                case WorkerProtocol.Drained drained:
                    if (_drained.Add(drained.Run))
                    {
                        kit.Coordinator.Forward(message);
                    }

                    if (kit.Acknowledges)
                    {
                        Sender.Tell(new WorkerProtocol.RunOver(drained.Run, Reported: true));
                    }

                    break;
                default:
                    kit.Coordinator.Forward(message);
                    break;
            }
        }
    }
}
