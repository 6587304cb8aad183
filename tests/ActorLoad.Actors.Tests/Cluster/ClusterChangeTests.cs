using ActorLoad.Actors.Coordination;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using ActorLoad.Messages.Wire;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Cluster;

/// <summary>Workers of a cluster that join late, leave and die in the middle of a run.</summary>
public sealed class ClusterChangeTests : ClusterKit
{
    private const int Users = 12;

    private static readonly Scenario Two = Scenario(Users, 300, new ClusterSettings { MinWorkers = 2 });

    [Fact]
    public async Task A_worker_that_joins_late_takes_its_part_of_the_users()
    {
        var c = await CoordinatorAsync("c");
        var a = await WorkerAsync("a");
        await SubmitAsync(a, Two);
        Assert.Equal("waits for workers: 1 of 2", (await NoteAsync(c))?.Note);
        var b = await WorkerAsync("b");
        await UsersAsync(Users, a, b);
        Assert.Equal([6, 6], [a.Users.Count, b.Users.Count]);

        var late = await WorkerAsync("late");
        await UntilAsync(() => late.Users.Count == 4);
        await UsersAsync(Users, a, b, late);
        await UntilAsync(async () => (await StatusAsync(a))!.Workers == 3);
        await UntilAsync(() => c.Recorded.Seconds.Any(s => s.Marks.Any(m => m.Kind == RunMarkKind.SharesMoved)));
        await StopAsync(late);

        var outcome = await OutcomeAsync(c);
        Assert.Equal(StopReason.Interrupted, outcome.Reason);
        Assert.Equal(["a", "b", "late"], outcome.Nodes);
        Assert.Equal([(RunMarkKind.WorkerJoined, "late"), (RunMarkKind.SharesMoved, "late")], outcome.Marks.Select(m => (m.Kind, m.Node)));
        AssertComplete(outcome, a, b, late);
        Assert.Equal(["a", "b", "late"], outcome.WorkerClocks.Keys.Order());
        Assert.All(outcome.WorkerClocks.Values, e => Assert.True(Math.Abs(e.OffsetMs) <= e.ErrorMs));
    }

    [Fact]
    public async Task A_worker_that_leaves_hands_its_users_over_and_nothing_of_it_is_missing()
    {
        var c = await CoordinatorAsync("c");
        var a = await WorkerAsync("a");
        var b = await WorkerAsync("b");
        await SubmitAsync(c, Two);
        await UsersAsync(Users, a, b);

        var left = await b.Worker.Ask<WorkerActor.Left>(WorkerActor.Leave.Instance, TimeSpan.FromSeconds(20));
        Assert.Null(left.Spool);
        await b.Membership.LeaveAsync();
        await UsersAsync(Users, a);
        await UntilAsync(() => c.Recorded.Seconds.Any(s => s.Marks.Any(m => m.Kind == RunMarkKind.WorkerLeft)));
        await StopAsync(c);

        var outcome = await OutcomeAsync(c);
        Assert.Equal([(RunMarkKind.WorkerLeft, "b"), (RunMarkKind.SharesMoved, "b")], outcome.Marks.Select(m => (m.Kind, m.Node)).Order());
        AssertComplete(outcome, a, b);
        Assert.DoesNotContain(outcome.Doubts, d => d.Kind is GeneratorDoubtKind.WorkerLost or GeneratorDoubtKind.WindowsMissing);
    }

    [Fact]
    public async Task The_users_of_a_worker_that_dies_are_on_the_others_and_what_it_reported_counts()
    {
        var c = await CoordinatorAsync("c");
        var a = await WorkerAsync("a");
        var b = await WorkerAsync("b");
        await SubmitAsync(c, Two);
        await UsersAsync(Users, a, b);
        await UntilAsync(() => c.Recorded.Seconds.Sum(s => s.Second[Counter.Events]) == Users);

        await KillAsync(b, survivor: c);
        await UsersAsync(Users, a);
        await UntilAsync(() => c.Recorded.Seconds.Any(s => s.Marks.Any(m => m.Kind == RunMarkKind.SharesMoved)));
        await StopAsync(c);

        var outcome = await OutcomeAsync(c);
        Assert.Equal(StopReason.Interrupted, outcome.Reason);
        Assert.Equal([(RunMarkKind.WorkerLost, "b"), (RunMarkKind.SharesMoved, "b")], outcome.Marks.Select(m => (m.Kind, m.Node)));
        Assert.Equal(Users + 6, outcome.Totals[Counter.Events]);
        Assert.Equal(Users + 6, outcome.Totals[Counter.UsersStarted]);
        Assert.Equal(12, outcome.Totals[Counter.UsersFinished]);
    }

    [Fact]
    public async Task A_run_that_wants_all_of_its_workers_fails_with_what_was_measured()
    {
        var c = await CoordinatorAsync("c");
        var a = await WorkerAsync("a");
        var b = await WorkerAsync("b");
        await SubmitAsync(c, Two with { Cluster = new ClusterSettings { MinWorkers = 2, OnWorkerLost = WorkerLossAction.Fail } });
        await UsersAsync(Users, a, b);
        await UntilAsync(() => c.Recorded.Seconds.Sum(s => s.Second[Counter.Events]) == Users);
        await KillAsync(b, survivor: c);
        var outcome = await OutcomeAsync(c);
        Assert.Equal((StopReason.WorkerFailed, "worker b on b was lost"), (outcome.Reason, outcome.Problem));
        Assert.Equal(Users, outcome.Totals[Counter.Events]);
        await UntilAsync(() => a.Connector.BodiesClosed == a.Users.Count);
    }

    private static async Task<RunStatus?> NoteAsync(ClusterNode from)
    {
        RunStatus? status = null;
        await UntilAsync(async () => (status = await StatusAsync(from)) is { Note: not null, Phase: RunPhase.Gathering } s && s.Note.Contains("1 of", StringComparison.Ordinal));
        return status;
    }
}
