using ActorLoad.Actors.Coordination;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Cluster;

/// <summary>A run that outlives its coordinator.</summary>
public sealed class ClusterTakeOverTests : ClusterKit
{
    private const int Users = 12;

    private static readonly Scenario Two = Scenario(Users, 300, new ClusterSettings { MinWorkers = 2 });

    [Fact]
    public async Task When_the_coordinator_leaves_the_run_goes_on_and_its_report_is_complete()
    {
        var first = await CoordinatorAsync("first");
        var second = await CoordinatorAsync("second");
        var (a, b) = await BegunAsync(first, Two);

        await first.System.ActorSelection("/user/coordinator/coordinator")
            .Ask<CoordinatorActor.Left>(new CoordinatorActor.Leave(OthersStandBy: true), TimeSpan.FromSeconds(10));
        await first.Membership.LeaveAsync();
        await CarriedOnAsync(second, a, b);
        Assert.Null(first.Recorded.Outcome);
    }

    [Fact]
    public async Task When_the_coordinator_dies_the_run_goes_on_and_its_report_is_complete()
    {
        var first = await CoordinatorAsync("first");
        var second = await CoordinatorAsync("second");
        var (a, b) = await BegunAsync(first, Two);
        await KillAsync(first, survivor: second);
        await CarriedOnAsync(second, a, b);
    }

    [Fact]
    public async Task Workers_without_a_coordinator_drain_and_a_later_one_reports_what_they_kept()
    {
        var first = await CoordinatorAsync("first");
        var (a, b) = await BegunAsync(first, Two with { Cluster = Two.Cluster with { OrphanTimeout = TimeSpan.FromSeconds(3) } });
        await KillAsync(first, survivor: a);
        await UntilAsync(() => a.Connector.BodiesClosed + b.Connector.BodiesClosed == Users);

        var second = await CoordinatorAsync("second");
        var outcome = await OutcomeAsync(second);
        Assert.Equal((StopReason.Interrupted, null), (outcome.Reason, outcome.Problem));
        Assert.Equal([(RunMarkKind.CoordinatorMoved, "second")], outcome.Marks.Select(m => (m.Kind, m.Node)));
        AssertComplete(outcome, a, b);
        await NothingKeptAsync();
    }

    private async Task<(ClusterNode A, ClusterNode B)> BegunAsync(ClusterNode coordinator, Scenario scenario)
    {
        var a = await WorkerAsync("a");
        var b = await WorkerAsync("b");
        await SubmitAsync(a, scenario);
        await UsersAsync(Users, a, b);

        // Windows that the first coordinator has acknowledged.
        await UntilAsync(() => coordinator.Recorded.Seconds.Count >= 2);
        return (a, b);
    }

    private async Task CarriedOnAsync(ClusterNode second, ClusterNode a, ClusterNode b)
    {
        await UntilAsync(() => second.Recorded.Seconds.Count >= 3);
        Assert.Equal(Users, second.Recorded.Seconds.Sum(s => s.Second[Counter.Events]));
        await UsersAsync(Users, a, b);
        await UntilAsync(() => second.Recorded.Seconds.Any(s => s.Marks.Any(m => m.Kind == RunMarkKind.CoordinatorMoved)));
        await StopAsync(a);
        var outcome = await OutcomeAsync(second);
        Assert.Equal(StopReason.Interrupted, outcome.Reason);
        Assert.Equal([(RunMarkKind.CoordinatorMoved, "second")], outcome.Marks.Select(m => (m.Kind, m.Node)));
        Assert.Equal(Users, a.Users.Count + b.Users.Count);
        AssertComplete(outcome, a, b);
        await NothingKeptAsync();
    }

    private Task NothingKeptAsync() => UntilAsync(() => new[] { "a", "b" }
        .All(n => !Directory.EnumerateFiles(SpoolOf(n), "*", SearchOption.AllDirectories).Any()));
}
