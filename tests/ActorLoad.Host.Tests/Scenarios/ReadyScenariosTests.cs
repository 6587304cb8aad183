using ActorLoad.Host.Scenarios;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Tests.Scenarios;

/// <summary>The scenarios under hocon/scenarios, which travel beside the program.</summary>
public sealed class ReadyScenariosTests : IDisposable
{
    private readonly ScenarioFolder _folder = new();

    private static readonly string[] All = ["sse-basic", "sse-advanced", "notifications", "live-data", "chat", "progress", "monitoring", "reconnect-storm", "llm-chat"];

    public static TheoryData<string> Names => [.. All];

    private static string Home => Path.Combine(AppContext.BaseDirectory, "scenarios");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_of_them_are_tested() => Assert.Equal(
        All.Order(StringComparer.Ordinal),
        Directory.GetFiles(Home, "*.conf").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_valid_fits_the_embedded_target_and_a_demo_of_half_a_minute(string name)
    {
        var path = Path.Combine(Home, name + ".conf");
        var result = _folder.LoadFile(path, new ScenarioOverrides { Duration = TimeSpan.FromSeconds(30) });
        Assert.Equal("", string.Join('\n', result.Mistakes));
        var scenario = result.Scenario!;
        Assert.Equal((name, new Uri("http://127.0.0.1:5080")), (scenario.Name, scenario.BaseUrl));
        Assert.InRange(scenario.Load.PeakUsers, 10, 20);
        Assert.Contains(scenario.Thresholds, t => t.Metric == "tasks_failed");
        foreach (var task in scenario.UserTypes.SelectMany(t => t.Tasks))
        {
            Assert.InRange(task.Steps.Sum(Shortest), 0, 20);
        }

        Assert.Equal(result.ResolvedText, _folder.Valid(result.ResolvedText!).ResolvedText);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_commented_so_that_it_teaches(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Home, name + ".conf"));
        Assert.StartsWith("#", lines[0], StringComparison.Ordinal);
        Assert.InRange(lines.Count(l => l.Contains("# ", StringComparison.Ordinal)), 3, lines.Length);
    }

    /// <summary>Seconds that a step takes however fast the target is.</summary>
    private static double Shortest(Step step) => step switch
    {
        ListenStep listen => listen.For.TotalSeconds,
        PauseStep pause => pause.For.Max.TotalSeconds,
        ParallelStep parallel => parallel.Branches.Max(b => b.Sum(Shortest)),
        _ => 0,
    };
}
