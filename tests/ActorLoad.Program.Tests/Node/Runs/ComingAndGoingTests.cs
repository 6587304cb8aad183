using System.Text.Json.Nodes;

namespace ActorLoad.Program.Tests.Node.Runs;

/// <summary>Nodes that leave and come in good order while a run is on, against what the target has counted.</summary>
public sealed class ComingAndGoingTests
{
    private const int Users = 200;

    [Fact]
    public async Task Nodes_that_come_and_go_in_order_lose_nothing()
    {
        await using var cluster = await TestCluster.StartAsync(coordinators: 2, workers: 1);
        await cluster.SubmitAsync(Users);

        // The coordinator in charge goes first: the other one learns everything from the workers.
        cluster.Via = cluster.Coordinators[1];
        cluster.Coordinators[0].Process.Terminate();
        Assert.Equal(0, (await cluster.Coordinators[0].Process.ExitAsync()).ExitCode);
        await cluster.UntilAsync(
            $"api/runs/{cluster.RunId}", r => (string)r["phase"]! == "running" && (string)r["coordinator"]! == cluster.Coordinators[1].Seed, "the second coordinator in charge");
        await cluster.UntilUsersAsync(Users);

        // Streams that close while the target sends would leave events behind that nobody can account for.
        await cluster.Target.PauseAsync();
        await cluster.AddWorkerAsync();
        await cluster.UntilAsync("api/nodes", n => n["nodes"]!.AsArray().Count(w => (long)w!["usersActive"]! == Users / 2) == 2, "half of the users on each worker");
        await cluster.UntilUsersAsync(Users);

        cluster.Workers[0].Process.Terminate();
        Assert.Equal(0, (await cluster.Workers[0].Process.ExitAsync()).ExitCode);
        await cluster.UntilUsersAsync(Users);
        await cluster.Target.UntilAsync(s => (long)s["streams"]!["open"]! == Users, "all streams");
        var opened = (long)(await cluster.Target.StatsAsync())["streams"]!["opened"]!;

        // Half of them moved when the worker came, the other half when the first one left.
        Assert.Equal(2 * Users, opened);

        // The last one has nobody to hand the run to: it ends the run, and then itself.
        cluster.Coordinators[1].Process.Terminate();
        Assert.Equal(0, (await cluster.Coordinators[1].Process.ExitAsync()).ExitCode);
        var summary = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(cluster.ResultsOf(cluster.Coordinators[1]), cluster.RunId, "summary.json")))!;
        var stats = await cluster.Target.StatsAsync();
        Assert.Equal("interrupted", (string)summary["run"]!["status"]!);
        Assert.Equal((long)stats["events"]!["sent"]!, RunReport.Counter(summary, "events"));
        Assert.Equal(opened, (long)stats["streams"]!["opened"]!);
        Assert.Equal(opened, RunReport.Counter(summary, "connects_opened"));
        Assert.Equal(opened, RunReport.Counter(summary, "users_started"));
        Assert.Equal(opened, RunReport.Counter(summary, "users_finished"));
        Assert.Equal(["coordinator-moved", "worker-joined", "shares-moved"], Marks.Kinds(summary).Take(3));

        // A worker has left when its last window is there, before or after its users have come up elsewhere.
        Assert.Equal(["shares-moved", "worker-left"], Marks.Kinds(summary).Skip(3).Order(StringComparer.Ordinal));
        RunReport.AssertWhole(cluster.Timeline(cluster.Coordinators[1]), summary);
    }
}
