using ActorLoad.Host.Scenarios;

namespace ActorLoad.Host.Tests.Scenarios;

/// <summary>Scenario files in a folder of their own that goes away with the test, and an environment that is not the machine's.</summary>
public sealed class ScenarioFolder : IDisposable
{
    /// <summary>A valid scenario without anything superfluous; tests add to it, and HOCON lets what comes later win.</summary>
    public const string Minimal = """
        scenario {
          name = minimal
          base-url = "http://127.0.0.1:5080"
          load { stages = [ { duration = 10s, users = 5 } ] }
          users.reader.tasks.read.steps = [ { subscribe { stream = main, path = "/events" } } ]
        }

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorload-scenario-");

    public Dictionary<string, string> Environment { get; } = [];

    public string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    public ScenarioResult Load(string text, ScenarioOverrides? overrides = null) => LoadFile(Write("test.conf", text), overrides);

    public ScenarioResult LoadFile(string path, ScenarioOverrides? overrides = null) =>
        ScenarioLoader.Load(path, overrides ?? ScenarioOverrides.None, Environment.GetValueOrDefault);

    /// <summary>Loads what has to be valid.</summary>
    public ScenarioResult Valid(string text, ScenarioOverrides? overrides = null)
    {
        var result = Load(text, overrides);
        Assert.Equal("", string.Join('\n', result.Mistakes));
        return result;
    }

    /// <summary>Loads what has to be wrong; the mistakes as text, without the folder.</summary>
    public IReadOnlyList<string> Mistakes(string text, ScenarioOverrides? overrides = null)
    {
        var result = Load(text, overrides);
        Assert.Null(result.Scenario);
        Assert.NotEmpty(result.Mistakes);
        return [.. result.Mistakes.Select(m => m.ToString().Replace(_folder.FullName + Path.DirectorySeparatorChar, "", StringComparison.Ordinal))];
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
