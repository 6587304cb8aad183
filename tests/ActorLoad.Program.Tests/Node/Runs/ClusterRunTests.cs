using System.Text.Json.Nodes;

namespace ActorLoad.Program.Tests.Node.Runs;

/// <summary>Nodes that die, leave and come while a run is on, against what the target has counted.</summary>
public sealed class ClusterRunTests
{
    private const int Users = 200;
    private const int EventsPerUserAndSecond = 5;

    [Fact]
    public async Task The_users_of_a_killed_worker_go_to_the_others()
    {
        await using var cluster = await TestCluster.StartAsync(coordinators: 1, workers: 2);
        await cluster.SubmitAsync(Users);
        await cluster.UntilAsync($"api/runs/{cluster.RunId}", r => (double)r["elapsedSeconds"]! >= 4, "four seconds");
        cluster.Workers[0].Process.Kill();
        await cluster.Target.UntilAsync(s => (long)s["streams"]!["open"]! == Users / 2, "half of the streams gone");
        await cluster.Target.UntilAsync(s => (long)s["streams"]!["open"]! == Users, "all streams again");
        await cluster.UntilUsersAsync(Users);
        await cluster.Target.PauseAsync();
        var summary = await cluster.StopAsync();

        // What the killed worker measured in its last moments went with it; nothing else did.
        var stats = await cluster.Target.StatsAsync();
        var lost = (long)stats["events"]!["sent"]! - Counter(summary, "events");
        Assert.InRange(lost, 0, 3 * EventsPerUserAndSecond * Users / 2);
        Assert.Equal((long)stats["streams"]!["opened"]!, Counter(summary, "connects_opened"));
        Assert.Equal(Users + (Users / 2), Counter(summary, "users_started"));
        Assert.Equal(0, Counter(summary, "events_missed"));
        Assert.Equal("interrupted", (string)summary["run"]!["status"]!);
        Assert.Equal(["worker-lost", "shares-moved"], Marks.Kinds(summary));
        Assert.Equal(cluster.Workers[0].Seed, Marks.Of(summary)[0].Node);

        // The timeline knows the same: how many were left meanwhile, and when.
        var timeline = cluster.Timeline(cluster.Coordinators[0]);
        AssertWhole(timeline, summary);
        Assert.Contains(timeline, l => (long)l["gauges"]!["users_active"]! == Users / 2);
        Assert.Equal(["worker-lost", "shares-moved"], timeline.SelectMany(l => l["marks"]?.AsArray() ?? []).Select(m => (string)m!["kind"]!));
        var killed = timeline.First(l => (long)l["gauges"]!["users_active"]! == Users / 2);
        Assert.InRange(Marks.First(summary, "shares-moved") - (double)killed["t"]!, 1, 30);
    }

    [Fact]
    public async Task A_coordinator_that_stands_by_carries_the_run_of_a_killed_one_on()
    {
        await using var cluster = await TestCluster.StartAsync(coordinators: 2, workers: 2);
        await cluster.SubmitAsync(Users);
        await cluster.UntilAsync($"api/runs/{cluster.RunId}", r => (double)r["elapsedSeconds"]! >= 3, "three seconds");
        cluster.Via = cluster.Coordinators[1];
        cluster.Coordinators[0].Process.Kill();
        var run = await cluster.UntilAsync(
            $"api/runs/{cluster.RunId}", r => (string)r["phase"]! == "running" && (string)r["coordinator"]! != cluster.Coordinators[0].Seed, "another coordinator in charge");
        await cluster.UntilUsersAsync(Users);
        await cluster.Target.PauseAsync();
        var summary = await cluster.StopAsync();

        // The users have noticed nothing, and every window counts once.
        var stats = await cluster.Target.StatsAsync();
        Assert.Equal((long)stats["events"]!["sent"]!, Counter(summary, "events"));
        Assert.Equal(Users, (long)stats["streams"]!["opened"]!);
        Assert.Equal(Users, Counter(summary, "connects_opened"));
        Assert.Equal(Users, Counter(summary, "users_started"));
        Assert.Equal(0, Counter(summary, "disconnects"));
        Assert.Equal(["coordinator-moved"], Marks.Kinds(summary));
        Assert.Equal("interrupted", (string)summary["run"]!["status"]!);

        // Its report is whole, although it was begun anew in the middle of the run.
        var heir = cluster.Coordinators.Single(c => c.Seed == (string)run["coordinator"]!);
        AssertWhole(cluster.Timeline(heir), summary);
    }

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
        Assert.Equal((long)stats["events"]!["sent"]!, Counter(summary, "events"));
        Assert.Equal(opened, (long)stats["streams"]!["opened"]!);
        Assert.Equal(opened, Counter(summary, "connects_opened"));
        Assert.Equal(opened, Counter(summary, "users_started"));
        Assert.Equal(opened, Counter(summary, "users_finished"));
        Assert.Equal(["coordinator-moved", "worker-joined", "shares-moved"], Marks.Kinds(summary).Take(3));

        // A worker has left when its last window is there, before or after its users have come up elsewhere.
        Assert.Equal(["shares-moved", "worker-left"], Marks.Kinds(summary).Skip(3).Order(StringComparer.Ordinal));
        AssertWhole(cluster.Timeline(cluster.Coordinators[1]), summary);
    }

    private static long Counter(JsonNode summary, string name) => (long)summary["counters"]![name]!;

    // A line per second without holes, adding up to the totals.
    private static void AssertWhole(IReadOnlyList<JsonNode> timeline, JsonNode summary)
    {
        Assert.Equal(Enumerable.Range(0, timeline.Count), timeline.Select(l => (int)l["number"]!));
        Assert.Equal(Counter(summary, "events"), timeline.Sum(l => (long?)l["counters"]!["events"] ?? 0));
        Assert.Equal(Counter(summary, "connects_opened"), timeline.Sum(l => (long?)l["counters"]!["connects_opened"] ?? 0));
    }
}
