namespace ActorLoad.Program.Tests.Node.Runs;

/// <summary>The coordinator is killed while a run is on and another one stands by, against what the target has counted.</summary>
public sealed class KilledCoordinatorTests
{
    private const int Users = 200;

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
        Assert.Equal((long)stats["events"]!["sent"]!, RunReport.Counter(summary, "events"));
        Assert.Equal(Users, (long)stats["streams"]!["opened"]!);
        Assert.Equal(Users, RunReport.Counter(summary, "connects_opened"));
        Assert.Equal(Users, RunReport.Counter(summary, "users_started"));
        Assert.Equal(0, RunReport.Counter(summary, "disconnects"));
        Assert.Equal(["coordinator-moved"], Marks.Kinds(summary));
        Assert.Equal("interrupted", (string)summary["run"]!["status"]!);

        // Its report is whole, although it was begun anew in the middle of the run.
        var heir = cluster.Coordinators.Single(c => c.Seed == (string)run["coordinator"]!);
        RunReport.AssertWhole(cluster.Timeline(heir), summary);
    }
}
