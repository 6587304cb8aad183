using ActorLoad.Host.Scenarios;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Tests.Scenarios;

/// <summary>What a scenario expects of its workers.</summary>
public sealed class ClusterReaderTests : IDisposable
{
    private readonly ScenarioFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, ClusterSettings> Clusters => new()
    {
        { "", new ClusterSettings() },
        { "cluster { }", new ClusterSettings() },
        { "cluster { min-workers = 3 }", new ClusterSettings { MinWorkers = 3 } },
        { "cluster.on-worker-lost = continue", new ClusterSettings { OnWorkerLost = WorkerLossAction.Continue } },
        {
            "cluster { min-workers = 1000, worker-timeout = 2m, on-worker-lost = fail, orphan-timeout = 1500ms }",
            new ClusterSettings
            {
                MinWorkers = 1000,
                WorkerTimeout = TimeSpan.FromMinutes(2),
                OnWorkerLost = WorkerLossAction.Fail,
                OrphanTimeout = TimeSpan.FromMilliseconds(1500),
            }
        },
    };

    [Theory]
    [MemberData(nameof(Clusters))]
    public void It_is_read_and_written_back_as_the_same(string written, ClusterSettings cluster)
    {
        var result = _folder.Valid(ScenarioFolder.Minimal + (written.Length == 0 ? "" : "scenario." + written));
        Assert.Equal(cluster, result.Scenario!.Cluster);
        var again = _folder.Valid(result.ResolvedText!);
        Assert.Equal(cluster, again.Scenario!.Cluster);
        Assert.Equal(result.ResolvedText, again.ResolvedText);
    }

    [Fact]
    public void The_plan_tells_it_when_it_is_not_the_default()
    {
        static string? Line(ScenarioResult result) =>
            PlanDescription.Describe(result.Scenario!).SingleOrDefault(l => l.StartsWith("cluster ", StringComparison.Ordinal));
        Assert.Null(Line(_folder.Valid(ScenarioFolder.Minimal)));
        Assert.Equal(
            "cluster    at least 2 workers within 1m, a lost one fails the run, drains after 90s without a coordinator",
            Line(_folder.Valid(ScenarioFolder.Minimal + "scenario.cluster { min-workers = 2, on-worker-lost = fail, orphan-timeout = 90s }")));
    }

    [Theory]
    [InlineData("cluster = 3", "scenario.cluster: expected an object such as { min-workers = 3 }, found '3'")]
    [InlineData("cluster { min-workers = 0 }", "scenario.cluster.min-workers: expected a whole number from 1 to 1000, found '0'")]
    [InlineData("cluster { worker-timeout = 0 }", "scenario.cluster.worker-timeout: expected a duration above zero such as 500ms, 10s, 5m, 2h, found '0'")]
    [InlineData("cluster { orphan-timeout = soon }", "scenario.cluster.orphan-timeout: expected a duration above zero such as 500ms, 10s, 5m, 2h, found 'soon'")]
    [InlineData("cluster { on-worker-lost = retry }", "scenario.cluster.on-worker-lost: expected one of redistribute, continue, fail, found 'retry'")]
    [InlineData("cluster { min-worker = 2 }", "scenario.cluster.min-worker: unknown key 'min-worker'; did you mean 'min-workers'?")]
    public void A_mistake_says_where_it_is_and_what_was_expected(string written, string mistake)
    {
        var line = ScenarioFolder.Minimal.Count(c => c == '\n') + 1;
        Assert.Equal([$"test.conf:{line}: {mistake}"], _folder.Mistakes(ScenarioFolder.Minimal + "scenario." + written));
    }

    [Fact]
    public void An_override_wins_over_the_file()
    {
        var result = _folder.Valid(
            ScenarioFolder.Minimal + "scenario.cluster { min-workers = 2, worker-timeout = 5s }",
            new ScenarioOverrides { Set = ["cluster.min-workers=4"] });
        Assert.Equal((4, TimeSpan.FromSeconds(5)), (result.Scenario!.Cluster.MinWorkers, result.Scenario.Cluster.WorkerTimeout));
    }
}
