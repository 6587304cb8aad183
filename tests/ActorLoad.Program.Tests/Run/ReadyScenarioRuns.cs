using System.Text.Json.Nodes;

namespace ActorLoad.Program.Tests.Run;

/// <summary>All ready scenarios, each against a target of its own, run side by side once for all tests of the class.</summary>
public sealed class ReadyScenarioRuns
{
    public const int Users = 16;

    public static readonly string[] Names =
        ["sse-basic", "sse-advanced", "notifications", "live-data", "chat", "progress", "monitoring", "reconnect-storm", "llm-chat"];

    // How soon a machine answers that is busy with tests is not what is tested.
    private static readonly Dictionary<string, string[]> Patient = new()
    {
        ["sse-basic"] = ["time_to_headers"],
        ["chat"] = ["request_time"],
        ["llm-chat"] = ["time_to_first_event", "event_gap", "time_per_event"],
    };

    private readonly Lazy<Task<Dictionary<string, (RunResult, JsonNode)>>> _runs = new(RunAllAsync);

    internal async Task<(RunResult Run, JsonNode Target)> OfAsync(string name) => (await _runs.Value)[name];

    private static async Task<Dictionary<string, (RunResult, JsonNode)>> RunAllAsync()
    {
        var runs = await Task.WhenAll(Names.Select(async name => (name, await RunAsync(name))));
        return runs.ToDictionary(r => r.name, r => r.Item2);
    }

    private static async Task<(RunResult, JsonNode)> RunAsync(string name)
    {
        using var folder = new ScratchFolder();
        await using var target = await TargetProcess.StartAsync(port: 0);
        var file = Path.Combine(AppContext.BaseDirectory, "scenarios", $"{name}.conf");
        var patience = Patient.GetValueOrDefault(name, []).SelectMany(t => new[] { "--set", $"thresholds.{t}=[ \"p95 < 20s\" ]" });
        await using var process = RunCommand.Start(
            folder, ["run", file, "--base-url", target.BaseUrl.AbsoluteUri, "--users", $"{Users}", "--duration", "32s", .. patience]);
        var result = await process.RunResultAsync();

        // The kernel tells the target of the last closed streams a moment after the program has ended.
        await target.UntilAsync(s => (long)s["streams"]!["open"]! == 0, "all streams closed");
        return (result, await target.StatsAsync());
    }
}
