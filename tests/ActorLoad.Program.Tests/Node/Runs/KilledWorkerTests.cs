namespace ActorLoad.Program.Tests.Node.Runs;

/// <summary>A worker is killed while a run is on, against what the target has counted.</summary>
public sealed class KilledWorkerTests
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
        var lost = (long)stats["events"]!["sent"]! - RunReport.Counter(summary, "events");
        Assert.InRange(lost, 0, 3 * EventsPerUserAndSecond * Users / 2);
        Assert.Equal((long)stats["streams"]!["opened"]!, RunReport.Counter(summary, "connects_opened"));
        Assert.Equal(Users + (Users / 2), RunReport.Counter(summary, "users_started"));
        Assert.Equal(0, RunReport.Counter(summary, "events_missed"));
        Assert.Equal("interrupted", (string)summary["run"]!["status"]!);
        Assert.Equal(["worker-lost", "shares-moved"], Marks.Kinds(summary));
        Assert.Equal(cluster.Workers[0].Seed, Marks.Of(summary)[0].Node);

        // The timeline knows the same: how many were left meanwhile, and when.
        var timeline = cluster.Timeline(cluster.Coordinators[0]);
        RunReport.AssertWhole(timeline, summary);
        Assert.Contains(timeline, l => (long)l["gauges"]!["users_active"]! == Users / 2);
        Assert.Equal(["worker-lost", "shares-moved"], timeline.SelectMany(l => l["marks"]?.AsArray() ?? []).Select(m => (string)m!["kind"]!));
        var killed = timeline.First(l => (long)l["gauges"]!["users_active"]! == Users / 2);
        Assert.InRange(Marks.First(summary, "shares-moved") - (double)killed["t"]!, 1, 30);
    }
}
