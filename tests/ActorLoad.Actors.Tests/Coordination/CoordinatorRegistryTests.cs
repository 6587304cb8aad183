using ActorLoad.Actors.Coordination.Registry;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Coordination;

/// <summary>Whom and what a coordinator takes in.</summary>
public sealed class CoordinatorRegistryTests : CoordinatorKit
{
    [Fact]
    public void One_actor_is_one_worker()
    {
        Register(ProbeA, A);
        Register(ProbeA, B);
        Assert.Equal([B], Nodes().Select(n => n.Worker));
        Lose(ProbeA);
        Assert.Empty(Nodes());
    }

    [Fact]
    public void Of_too_many_workers_the_last_ones_are_turned_away_until_there_is_room()
    {
        var last = CreateTestProbe("last");
        var actors = Enumerable.Range(0, WorkerBook.MostWorkers).Select(_ => Sys.ActorOf(Props.Create(() => new Mute()))).ToList();
        for (var i = 0; i < actors.Count; i++)
        {
            Coordinator.Tell(new WorkerProtocol.Register(new WorkerId($"w{i}"), "node", new WorkerCapacity(null, null, 1), null), actors[i]);
        }

        Coordinator.Tell(new WorkerProtocol.Register(A, "node-a", new WorkerCapacity(null, null, 1), null), last);
        Settle(Coordinator);
        last.ExpectNoMsg(TimeSpan.Zero);
        Assert.Equal(WorkerBook.MostWorkers, Nodes().Length);

        Sys.Stop(actors[7]);
        AwaitAssert(() => Assert.Equal(WorkerBook.MostWorkers - 1, Nodes().Length));
        Register(last, A);
    }

    [Fact]
    public void A_run_that_makes_no_sense_is_refused_and_the_next_one_begins()
    {
        Register(ProbeA, A);
        var weightless = Scenario with { UserTypes = [Scenario.UserTypes[0] with { Weight = 0 }] };
        Assert.StartsWith("the scenario makes no sense: users: ", Submit(Run, weightless).Problem, StringComparison.Ordinal);
        Assert.Null(Submit(Run).Problem);
        ProbeA.ExpectMsg<WorkerProtocol.Prepare>();
    }

    private sealed class Mute : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }
    }
}
