using System.Text.Json.Nodes;
using ActorLoad.Program.Tests.Run;

namespace ActorLoad.Program.Tests.Delivery;

/// <summary>Runs a scenario against a target, and reads what its summary says of deliveries.</summary>
internal static class Delivered
{
    /// <param name="scenario">The inside of the <c>scenario</c> object, without name and base URL.</param>
    public static async Task<RunResult> RunAsync(Uri target, string scenario)
    {
        using var folder = new ScratchFolder();
        var file = folder.Write("delivery.conf", $$"""
            scenario {
              name = delivery
              base-url = "{{target.AbsoluteUri}}"
            {{scenario}}
            }
            """);
        await using var process = RunCommand.Start(folder, "run", file);
        return await process.RunResultAsync();
    }

    /// <summary>min, p50, … of a timing in ms.</summary>
    public static double Time(this RunResult run, string timing, string value) => (double)Timing(run.Summary, timing, run)[value]!;

    public static long Samples(this RunResult run, string timing) => (long?)run.Summary["timings"]![timing]?["count"] ?? 0;

    /// <summary>The same of one user type.</summary>
    public static double Time(this RunResult run, string userType, string timing, string value) =>
        (double)Timing(run.Summary["userTypes"]![userType]!, timing, run)[value]!;

    public static long Counter(this RunResult run, string userType, string name) =>
        (long)run.Summary["userTypes"]![userType]!["counters"]![name]!;

    public static JsonNode Clock(this RunResult run) => run.Summary["run"]!["clock"]!;

    private static JsonNode Timing(JsonNode part, string timing, RunResult run) =>
        part["timings"]![timing] ?? throw new InvalidOperationException($"{timing} has no samples\n{run}");
}
