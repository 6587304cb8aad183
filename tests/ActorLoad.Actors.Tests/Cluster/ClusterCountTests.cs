using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using ActorLoad.Messages.Wire;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Cluster;

/// <summary>What a cluster counts, whatever comes late, twice or not at all.</summary>
public sealed class ClusterCountTests : ClusterKit
{
    private const int Users = 12;

    private static readonly Scenario Two = Scenario(Users, 300, new ClusterSettings { MinWorkers = 2 });

    [Fact]
    public async Task In_the_open_model_every_arrival_comes_once_whoever_joins_meanwhile()
    {
        var c = await CoordinatorAsync("c");
        var a = await WorkerAsync("a");
        var b = await WorkerAsync("b");
        var plan = LoadPlan.Open([(TimeSpan.FromSeconds(8), 25)]);
        await SubmitAsync(a, Two with { Load = plan });
        await UntilAsync(() => a.Users.Count > 0);
        var late = await WorkerAsync("late");
        var outcome = await OutcomeAsync(c);
        Assert.Equal(StopReason.Completed, outcome.Reason);
        Assert.Equal([(RunMarkKind.WorkerJoined, "late"), (RunMarkKind.SharesMoved, "late")], outcome.Marks.Select(m => (m.Kind, m.Node)));
        Assert.NotEmpty(late.Users);

        // Who comes in the very last moment may be stopped before it opens its stream.
        var users = new[] { a, b, late }.SelectMany(n => n.Users).Order().ToArray();
        Assert.Equal(Enumerable.Range(0, 175), users.Take(175));
        Assert.Equal(users.Distinct(), users);
        Assert.Equal(plan.Arrivals, outcome.Totals[Counter.UsersStarted]);
        Assert.Equal(plan.Arrivals, outcome.Totals[Counter.UsersFinished]);
        Assert.Equal(users.Length, outcome.Totals[Counter.Events]);
    }

    [Fact]
    public async Task Windows_and_answers_that_are_lost_or_come_twice_change_no_number()
    {
        var c = await CoordinatorAsync("c");
        var a = await WorkerAsync("a", (system, way) => system.ActorOf(LossyRelay.Props(way, seed: 1)));
        var b = await WorkerAsync("b", (system, way) => system.ActorOf(LossyRelay.Props(way, seed: 2)));
        await SubmitAsync(c, Two);
        await UsersAsync(Users, a, b);
        await UntilAsync(() => c.Recorded.Seconds.Count >= 3);
        await StopAsync(c);
        var outcome = await OutcomeAsync(c);
        Assert.Equal((StopReason.Interrupted, 12L), (outcome.Reason, outcome.Totals[Counter.Events]));
        AssertComplete(outcome, a, b);

        // The word that it is over comes as well, in the end: nothing is left on disk.
        await UntilAsync(() => !Directory.EnumerateFiles(SpoolOf("a"), "*", SearchOption.AllDirectories).Any());
    }

    [Fact]
    public async Task A_node_that_speaks_another_version_is_refused_and_the_others_work_on()
    {
        var c = await CoordinatorAsync("c");
        var a = await WorkerAsync("a");
        WorkerProtocol.HelloAnswer? answer = null;
        await UntilAsync(async () =>
        {
            try
            {
                var hello = new WorkerProtocol.Hello(new("other"), "other", WireMessages.ProtocolVersion + 1, "2.0");
                answer = await a.Coordinator.Ask<WorkerProtocol.HelloAnswer>(hello, TimeSpan.FromSeconds(1));
                return true;
            }
            catch (AskTimeoutException)
            {
                return false;
            }
        });
        Assert.Contains("the worker on other runs actorload 2.0 and speaks version 3", answer!.Refusal, StringComparison.Ordinal);
        await SubmitAsync(a, Scenario(3, 1));
        var outcome = await OutcomeAsync(c);
        Assert.Equal(StopReason.Completed, outcome.Reason);
        AssertComplete(outcome, a);
    }
}
