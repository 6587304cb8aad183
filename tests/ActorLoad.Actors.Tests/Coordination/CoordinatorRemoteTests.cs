using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Wire;
using Akka.Actor;
using Akka.TestKit;

namespace ActorLoad.Actors.Tests.Coordination;

/// <summary>What is different with workers on other machines: their clocks, and that large messages take their time.</summary>
public sealed class CoordinatorRemoteTests : CoordinatorKit
{
    private static readonly DateTimeOffset Today = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly RemoteRef _a;

    public CoordinatorRemoteTests()
    {
        _a = new RemoteRef(ProbeA.Ref);

        // Nobody has a run already.
        Settle(Coordinator);
        Advance(Seconds(6));
    }

    [Fact]
    public void A_run_begins_when_the_clocks_of_its_workers_are_known_and_told()
    {
        PrepareRemote();
        ExpectNoStart();
        Measure(A, _a);
        ProbeA.FishForMessage<WorkerProtocol.ClockSet>(_ => true);
        Assert.Equal(Time.GetUtcNow() + Seconds(0.5), ProbeA.ExpectMsg<WorkerProtocol.Start>().At);
    }

    [Fact]
    public void It_does_not_wait_for_a_clock_for_ever()
    {
        PrepareRemote();
        Advance(Seconds(2.9));
        ExpectNoStart();
        Advance(Seconds(0.2));
        ProbeA.FishForMessage<WorkerProtocol.Start>(_ => true);
    }

    [Fact]
    public void A_worker_that_joins_starts_when_its_clock_is_known_too()
    {
        Prepare(Minute);
        PreparedBoth();
        var probe = CreateTestProbe("c");
        var (id, c) = (new WorkerId("c"), new RemoteRef(probe.Ref));
        Coordinator.Tell(new WorkerProtocol.Register(id, "node-c", new WorkerCapacity(null, null, 1), null), c);
        Prepared(id, c, probe.FishForMessage<WorkerProtocol.Prepare>(_ => true).Roster.Epoch);
        SettleRun();
        Assert.DoesNotContain(Drain(probe), m => m is WorkerProtocol.Start);
        Measure(id, c);
        SettleRun();
        Assert.Equal(["ClockSet", "Start"], Drain(probe).Where(m => m is not WorkerProtocol.ClockPing).Select(m => m.GetType().Name));
    }

    [Fact]
    public void What_is_large_is_said_again_at_longer_and_longer_intervals()
    {
        RegisterRemote();
        Coordinator.Tell(new RunProtocol.SubmitRun(Order(Run) with { ScenarioText = new string('x', 200_000) }), TestActor);
        FishForMessage<RunProtocol.SubmitAnswer>(_ => true);
        SettleRun();
        Assert.Equal(1, Prepares());
        int[] said = [.. Enumerable.Range(1, 8).Select(_ =>
        {
            Advance(Seconds(2));
            SettleRun();
            return Prepares();
        })];
        Assert.Equal([1, 0, 1, 0, 0, 0, 1, 0], said);
    }

    private void RegisterRemote() =>
        Coordinator.Tell(new WorkerProtocol.Register(A, "node-a", new WorkerCapacity(null, null, 1), null), _a);

    private void PrepareRemote()
    {
        RegisterRemote();
        Submit(Run);
        Prepared(A, _a, ProbeA.FishForMessage<WorkerProtocol.Prepare>(_ => true).Roster.Epoch);
        SettleRun();
    }

    private void Prepared(WorkerId id, IActorRef from, int epoch) =>
        Coordinator.Tell(new WorkerProtocol.Prepared(Run, id, null, epoch), from);

    private void Measure(WorkerId id, IActorRef from)
    {
        Coordinator.Tell(new WorkerProtocol.ClockPong(id, Microseconds(Time.GetUtcNow()), Microseconds(Today)), from);
        for (var i = 0; i < 8; i++)
        {
            Settle(Coordinator);
            Advance(Seconds(0.05));
        }

        Settle(Coordinator);
        Advance(Seconds(0.5));
        Settle(Coordinator);
    }

    private void ExpectNoStart()
    {
        SettleRun();
        Assert.DoesNotContain(Drain(ProbeA), m => m is WorkerProtocol.Start);
    }

    private int Prepares() => Drain(ProbeA).OfType<Parcel>().Select(p => p.Id).Distinct().Count();

    private static List<object> Drain(TestProbe probe)
    {
        var all = new List<object>();
        while (probe.HasMessages)
        {
            all.Add(probe.ReceiveOne(TimeSpan.Zero));
        }

        return all;
    }

    private static long Microseconds(DateTimeOffset at) => (at.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
