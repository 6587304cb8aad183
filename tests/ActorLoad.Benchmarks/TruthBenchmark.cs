using System.Globalization;
using System.Text.Json.Nodes;

namespace ActorLoad.Benchmarks;

/// <summary>Whether the load generator counts exactly what the target did to each client: missed, duplicated, reordered, seed by seed.</summary>
internal static class TruthBenchmark
{
    public static async Task<int> RunAsync(int seeds)
    {
        var wrong = 0;
        Console.WriteLine($"{TruthScenario.Users} users, {TruthScenario.Users * TruthScenario.EventsPerUser:N0} events; target / measured");
        for (var seed = 1; seed <= seeds; seed++)
        {
            wrong += await RunOneAsync(seed);
        }

        Console.WriteLine(wrong == 0 ? $"all {seeds} seeds exact" : $"{wrong} numbers differ");
        return wrong == 0 ? 0 : 1;
    }

    private static async Task<int> RunOneAsync(int seed)
    {
        using var target = await TargetProcess.StartAsync(["--seed", seed.ToString(CultureInfo.InvariantCulture), .. TruthScenario.TargetOptions]);
        using var folder = new ScratchFolder();
        var scenario = Path.Combine(folder.Path, "truth.conf");
        await File.WriteAllTextAsync(scenario, TruthScenario.Text);
        var run = Path.Combine(folder.Path, "run");
        var start = TimeProvider.System.GetTimestamp();
        using var load = ActorLoadProcess.Start("run", scenario, "--base-url", target.BaseUrl.AbsoluteUri, "--out", run);
        var accounts = await target.UntilCompleteAsync(TruthScenario.Users, TimeSpan.FromSeconds(60));
        load.Interrupt();
        await load.Output.ReadToEndAsync();
        await load.WaitAsync(TimeSpan.FromSeconds(30));
        var summary = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(run, "summary.json")))!;
        Console.WriteLine($"seed {seed} ({TimeProvider.System.GetElapsedTime(start).TotalSeconds:0.0} s)");
        return TruthScenario.Accounts.Sum(account => Compare(account, accounts[account]!, summary["userTypes"]![account]!["counters"]!));
    }

    private static int Compare(string account, JsonNode told, JsonNode counted)
    {
        var wrong = 0;
        var line = $"  {account,-6}";
        foreach (var (name, counter) in ((string, string)[])
            [("events", "events"), ("missed", "events_missed"), ("duplicated", "events_duplicated"), ("reordered", "events_reordered")])
        {
            var (truth, measured) = ((long)told[name]!, (long)counted[counter]!);
            wrong += truth == measured ? 0 : 1;
            line += $"   {name} {truth:N0} / {measured:N0}{(truth == measured ? "" : " DIFFERS")}";
        }

        Console.WriteLine(line);
        return wrong;
    }
}
