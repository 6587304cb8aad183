using System.Text.Json.Nodes;
using ActorLoad.Benchmarks;

namespace ActorLoad.Program.Tests.Run;

/// <summary>
/// What ActorLoad counts is what the target did: to each client over all its connections, with seeded faults, cuts and resets,
/// and no tolerance. <c>tests/ActorLoad.Benchmarks -- truth</c> does the same for ten seeds.
/// </summary>
public sealed class TruthTests
{
    [Theory]
    [InlineData("3")]
    [InlineData("8")]
    public async Task Missed_duplicated_and_reordered_are_exactly_what_the_target_did(string seed)
    {
        using var folder = new ScratchFolder();
        await using var target = await TargetProcess.StartAsync(port: 0, ["--seed", seed, .. TruthScenario.TargetOptions]);
        await using var process = RunCommand.Start(
            folder, "run", folder.Write("truth.conf", TruthScenario.Text), "--base-url", target.BaseUrl.AbsoluteUri);
        await target.UntilAsync(
            s => TruthScenario.Accounts.Sum(a => (long?)s["accounts"]![a]?["complete"] ?? 0) == TruthScenario.Users, "every client has read everything");
        var stats = await target.StatsAsync();
        process.Interrupt();

        var run = await process.RunResultAsync();

        Assert.True(run.ExitCode == 130, run.ToString());
        Assert.Equal(TruthScenario.Accounts.Order(), stats["accounts"]!.AsObject().Select(a => a.Key).Order());
        foreach (var account in TruthScenario.Accounts)
        {
            var (told, type) = (stats["accounts"]![account]!, run.Summary["userTypes"]![account]!);
            Assert.Equal(Numbers(told, ""), Numbers(type["counters"]!, "events_"));
            Assert.Equal(Numbers(told, ""), Numbers(type["streams"]!["main"]!, "events_"));
            Assert.Equal((long)told["events"]!, (long)type["counters"]!["events"]!);
            Assert.Equal((long)told["events"]!, (long)type["counters"]!["events_sequenced"]!);
            Assert.True((long)told["missed"]! > 500 && (long)told["duplicated"]! > 500 && (long)told["reordered"]! > 1000, told.ToJsonString());
        }

        // On one connection each fault is one wrong event, which the target has counted in another way than its books.
        var whole = stats["accounts"]!["whole"]!;
        var faults = whole["faults"]!;
        Assert.Equal(
            ((long)faults["skip"]!, (long)faults["repeat"]!, (long)faults["swap"]! + (long)faults["late"]!),
            Numbers(whole, ""));
        Assert.Equal((long)stats["events"]!["sent"]!, run.Counter("events"));
        Assert.InRange(run.Counter("events") + run.Counter("events_missed"), TruthScenario.Users * TruthScenario.EventsPerUser, long.MaxValue);
        Assert.Equal((0, 0), (run.Counter("measure_errors"), run.Counter("tasks_failed")));
        Assert.True(run.Counter("reconnects") > 2000, run.ToString());
        AssertSamples(run.Summary["integrity"]!["samples"]!.AsArray());
    }

    private static (long Missed, long Duplicated, long Reordered) Numbers(JsonNode node, string prefix) =>
        ((long)node[prefix + "missed"]!, (long)node[prefix + "duplicated"]!, (long)node[prefix + "reordered"]!);

    private static void AssertSamples(JsonArray samples)
    {
        Assert.Equal([("duplicated", 20), ("missed", 20), ("reordered", 20)], samples.GroupBy(s => (string)s!["kind"]!).Select(g => (g.Key, g.Count())).Order());
        Assert.All(samples, s =>
        {
            Assert.InRange((long)s!["number"]!, 1, TruthScenario.EventsPerUser);
            Assert.Equal(TruthScenario.Accounts[(int)s["user"]! % TruthScenario.Accounts.Length], (string)s["userType"]!);
            Assert.Equal("main", (string)s["stream"]!);
            Assert.InRange((DateTimeOffset)s["at"]!, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow);
        });
    }
}
