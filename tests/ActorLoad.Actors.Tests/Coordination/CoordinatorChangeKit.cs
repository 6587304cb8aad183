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

/// <summary>A run of a minute on two workers, and a third one.</summary>
public abstract class CoordinatorChangeKit : CoordinatorKit
{
    protected static readonly WorkerId C = new("c");
    protected static readonly Scenario Closed = Minute;
    protected static readonly Scenario Open = Closed with { Load = LoadPlan.Open([(TimeSpan.FromMinutes(1), 10)]) };

    protected CoordinatorChangeKit() => ProbeC = CreateTestProbe("c");

    protected TestProbe ProbeC { get; }

    protected void Begin(Scenario scenario)
    {
        Prepare(scenario);
        PreparedBoth();
        SettleRun();
    }

    protected void Join()
    {
        Register(ProbeC, C);
        Prepared(ProbeC, C, epoch: ProbeC.ExpectMsg<WorkerProtocol.Prepare>().Roster.Epoch);
        ProbeC.ExpectMsg<WorkerProtocol.Start>();
        Started(ProbeC, C);
    }

    protected Roster Assigned(TestProbe probe, WorkerId id)
    {
        var roster = probe.FishForMessage<WorkerProtocol.Assign>(_ => true).Roster;
        Coordinator.Tell(new WorkerProtocol.Assigned(Run, id, roster.Epoch), probe);
        return roster;
    }

    protected void FinishFrom(TestProbe probe, WorkerId id, int first, int last)
    {
        for (var n = first; n < last; n++)
        {
            Report(probe, id, n, events: 1);
        }

        Finish(probe, id, last);
    }

    protected void FinishBoth()
    {
        Finish(ProbeA, A);
        Finish(ProbeB, B);
    }

    protected static Scenario With(WorkerLossAction action) => Closed with { Cluster = new ClusterSettings { OnWorkerLost = action } };

    protected static List<int> Counts(Roster roster) => [.. roster.Workers.Select(w => w.Shares.Count())];
}
