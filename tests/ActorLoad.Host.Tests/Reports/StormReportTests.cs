using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ActorLoad.Host.Reports;
using ActorLoad.Host.Reports.Folders;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Host.Reports.Terminal;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Tests.Reports;

/// <summary>A storm's account in summary.json, tables, markdown and timeline; and the example of docs/measurement.md.</summary>
public sealed partial class StormReportTests
{
    private static readonly long Start = WindowBuilder.Start.ToUnixTimeMilliseconds();

    [Fact]
    public void The_example_of_the_documentation_comes_out_as_it_says()
    {
        var text = Example().Match(Documentation()).Groups["text"].Value;
        long[] Numbers(string name) =>
            [.. Number().Matches(Regex.Match(text, $"^{name}:(.*)$", RegexOptions.Multiline).Groups[1].Value).Select(n => long.Parse(n.Value, CultureInfo.InvariantCulture))];
        var storm = Json(Summary(Storm(
            before: Numbers("streams before")[0], dropped: Numbers("dropped")[0], failures: Numbers("failures")[0], attempts: Numbers("attempts"), back: Numbers("back"))))["storms"]![0]!;
        var expected = Value().Matches(text).Select(v => (Name: v.Groups["name"].Value, Value: v.Groups["value"].Value)).ToList();
        Assert.Equal(6, expected.Count);
        foreach (var (name, value) in expected)
        {
            var found = storm[name] is { } node ? Math.Round((double)node / (name.StartsWith("back", StringComparison.Ordinal) ? 5 : 1)) * (name.StartsWith("back", StringComparison.Ordinal) ? 5 : 1) : (double?)null;
            Assert.Equal((name, value), (name, found?.ToString(CultureInfo.InvariantCulture) ?? "null"));
        }
    }

    [Fact]
    public void The_json_has_the_documented_fields()
    {
        var storm = Json(Summary(Storm(before: 20, dropped: 10, back: [500, 600], attempts: [400], failures: 1, missed: 3, replayed: 4)))["storms"]![0]!.AsObject();
        Assert.Equal(
            ["cause", "number", "startedAt", "streamsBefore", "dropped", "back", "neverBack", "backP50", "backP95", "backP100", "attempts",
                "peakAttemptsPerSecond", "peakOpensPerSecond", "failures", "eventsMissed", "eventsReplayed"],
            storm.Select(p => p.Key).Union(["backP50", "backP95", "backP100"]).OrderBy(Order));
        Assert.Equal(("client", 20, 10, 2, 8, 1, 3, 4), (
            (string)storm["cause"]!, (int)storm["streamsBefore"]!, (int)storm["dropped"]!, (int)storm["back"]!, (int)storm["neverBack"]!,
            (int)storm["failures"]!, (int)storm["eventsMissed"]!, (int)storm["eventsReplayed"]!));
        var documentation = Documentation();
        Assert.All(storm, p => Assert.Contains($"`{p.Key}`", documentation, StringComparison.Ordinal));
    }

    [Fact]
    public void Terminal_and_markdown_tell_the_same()
    {
        var summary = Summary(
            Storm(before: 20, dropped: 10, back: [.. Enumerable.Range(1, 9).Select(i => 100L * i)], attempts: [50, 60], failures: 2, replayed: 30),
            Storm(before: 20, dropped: 0) with { Number = 1, StartUnixMs = Start + 70_000 },
            Storm(before: 18, dropped: 18, back: [.. Enumerable.Repeat(1500L, 18)], attempts: [1400]) with { Cause = StormCause.Server, Number = 0, StartUnixMs = Start + 90_000 });
        var writer = new StringWriter();
        SummaryTable.Write(writer, false, summary, null);
        string[] lines =
        [
            "00:05 events-at[0] dropped 10 of 20 streams",
            "back: 50% after 500ms, 95% after - (not reached), 100% after - (not reached)",
            "1 of them never came back",
            "2 connects attempted, 2 failed; at most 2 attempted and 9 opened within a second",
            "0 events missed, 30 replayed",
            "01:10 events-at[1] dropped 0 of 20 streams",
            "no open stream was meant",
            "01:30 the server dropped 18 of 18 streams",
            "back: 50% after 1.50s, 95% after 1.50s, 100% after 1.50s",
        ];
        var markdown = MarkdownReport.Render(summary).Replace("\\", "", StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Contains(line, writer.ToString(), StringComparison.Ordinal));
        Assert.All(lines, line => Assert.Contains(line, markdown, StringComparison.Ordinal));
        Assert.DoesNotContain("storm", MarkdownReport.Render(Summary()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_killed_run_keeps_the_counts_of_its_storms()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, TimelineWriter.Name);
        using (var timeline = new TimelineWriter(File.Create(path)))
        {
            timeline.Append(Second(0));
            timeline.Append(Second(1, Storm(before: 20, dropped: 10, attempts: [500])));
            timeline.Append(Second(2, Storm(before: 20, back: [600, 700, 800], failures: 3)));
        }

        Assert.DoesNotContain("storms", File.ReadLines(path).First(), StringComparison.Ordinal);
        var summary = KilledRun.Rebuild(folder.Path);
        var storm = Assert.Single(summary.Storms);
        Assert.Equal((20, 10, 3, 7, 3, null), (storm.StreamsBefore, storm.Dropped, storm.Back, storm.NeverBack, storm.Failures, storm.BackP50));

        // What was lost with the run is left out, not told as if it had been measured.
        var report = MarkdownReport.Render(summary);
        Assert.Contains("back: 3 when the run was killed; 1 connect attempted, 3 failed |", report, StringComparison.Ordinal);
        Assert.DoesNotContain("not reached", report, StringComparison.Ordinal);
    }

    private static int Order(string name) => Array.IndexOf(
        ["cause", "number", "startedAt", "streamsBefore", "dropped", "back", "neverBack", "backP50", "backP95", "backP100", "attempts",
            "peakAttemptsPerSecond", "peakOpensPerSecond", "failures", "eventsMissed", "eventsReplayed"], name);

    private static StormStats Storm(
        long before, long dropped = 0, long[]? back = null, long[]? attempts = null, long failures = 0, long missed = 0, long replayed = 0) =>
        new(StormCause.Client, 0, Start + 5000, before, dropped, Encode(back), Encode(attempts), failures, missed, replayed);

    private static byte[]? Encode(long[]? milliseconds)
    {
        if (milliseconds is null)
        {
            return null;
        }

        var histogram = HistogramCodec.Create();
        foreach (var value in milliseconds)
        {
            histogram.RecordValue(value * 1000);
        }

        return HistogramCodec.Encode(histogram);
    }

    private static Summary Summary(params StormStats[] storms)
    {
        var totals = new StatsTotals();
        totals.Add(new WindowBuilder(0).Window() with { Storms = storms });
        return SummaryBuilder.Build(SampleRun.Outcome(totals), SampleRun.Scenario());
    }

    private static RunSecond Second(int number, params StormStats[] storms)
    {
        var totals = new StatsTotals();
        totals.Add(new WindowBuilder(number).Window() with { Storms = storms });
        return new RunSecond(WindowBuilder.Run, number, WindowBuilder.Start.AddSeconds(number), TimeSpan.FromSeconds(1), totals);
    }

    private static JsonNode Json(Summary summary) => JsonNode.Parse(SummaryFile.ToJson(summary))!;

    private static string Documentation()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ActorLoad.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("the tests do not run inside the repository");
        }

        return File.ReadAllText(Path.Combine(folder.FullName, "docs", "measurement.md"));
    }

    [GeneratedRegex(@"^```storm\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"^(?<name>\w+) += (?<value>\w+)", RegexOptions.Multiline)]
    private static partial Regex Value();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();
}
