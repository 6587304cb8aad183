using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ActorLoad.Actors.Verdicts;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Host.Scenarios.Reading;
using ActorLoad.Host.Tests.Scenarios;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Tests.Reports;

/// <summary>docs/measurement.md is held against the code: names, rates and examples.</summary>
public partial class MeasurementDocTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Root(), "docs", "measurement.md"));

    [Fact]
    public void Every_metric_has_a_row()
    {
        string[] names = [.. MetricNames.Counters, .. MetricNames.Gauges, .. MetricNames.Timings];
        Assert.All(names, n => Assert.Contains($"\n| `{n}` |", Page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_reason_and_place_of_a_failure_is_named()
    {
        Assert.All(Enum.GetValues<FailureReason>(), r => Assert.Contains($"`{r.Name()}`", Page, StringComparison.Ordinal));
        Assert.All(Enum.GetValues<FailureWhere>(), w => Assert.Contains($"\n| `{w.Name()}` |", Page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_table_of_rates_is_the_one_in_the_code()
    {
        var start = Page.IndexOf("| `rate` of |", StringComparison.Ordinal);
        var table = Page[start..Page.IndexOf("\n\n", start, StringComparison.Ordinal)];
        var rows = RateRow().Matches(table).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        var expected = Enum.GetValues<Counter>()
            .Where(c => RateBase.Of(c).Count > 0)
            .ToDictionary(c => c.Name(), c => string.Join(" + ", RateBase.Of(c).Select(b => $"`{b.Name()}`")));
        Assert.Equal(expected.OrderBy(e => e.Key), rows.OrderBy(r => r.Key));
    }

    [Fact]
    public void The_examples_of_thresholds_come_out_as_their_comments_say()
    {
        var block = Regex.Match(Page, "```thresholds\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        var (totals, duration) = Given(block);
        var examples = Example().Matches(block);
        Assert.Equal(23, examples.Count);
        foreach (Match example in examples)
        {
            var result = ThresholdEvaluator.Evaluate(Parse(example.Groups["metric"].Value, example.Groups["demand"].Value), totals, duration);
            var value = result.Value?.ToString("0.###", CultureInfo.InvariantCulture) ?? result.Note;
            Assert.StartsWith(example.Groups["outcome"].Value, $"{(result.Passed ? "held" : "crossed")}: {value}");
        }
    }

    [Fact]
    public void The_bounds_of_an_honest_generator_are_the_ones_in_the_code()
    {
        var rows = BoundRow().Matches(Page).ToDictionary(
            m => m.Groups["number"].Value, m => (Bound(m.Groups["once"].Value), Bound(m.Groups["lasting"].Value)));
        Assert.Equal(
            new Dictionary<string, (double?, double?)>
            {
                ["lagMs"] = (GeneratorBounds.LagMs, GeneratorBounds.LastingLagMs),
                ["readBacklogMs"] = (GeneratorBounds.ReadBacklogMs, GeneratorBounds.LastingReadBacklogMs),
                ["cpuShare"] = (null, GeneratorBounds.CpuShare),
                ["gcPauseShare"] = (null, GeneratorBounds.GcPauseShare),
                ["queueMin"] = (null, GeneratorBounds.ThreadPoolQueue),
                ["arrivalsDropped"] = (0, null),
            },
            rows);
        Assert.Contains($"in each of {GeneratorBounds.WindowsInARow} seconds in a row", Page, StringComparison.Ordinal);
        Assert.Contains($"In the first {GeneratorBounds.StartUpSeconds} s", Page, StringComparison.Ordinal);
        Assert.Contains($"may be {GeneratorBounds.StartUpMs} ms", Page, StringComparison.Ordinal);
        Assert.Contains($"at most {GeneratorJudge.MostQuietSeconds} quiet seconds", Page, StringComparison.Ordinal);
        Assert.Contains($"of more than {GeneratorJudge.MostTimes} of a kind", Page, StringComparison.Ordinal);

        static double? Bound(string text) => text == "–" ? null : double.Parse(text, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Every_number_that_a_worker_tells_of_itself_is_explained()
    {
        var names = JsonSerializer.SerializeToNode(new SummaryHealth(), ReportJson.Line)!.AsObject().Select(p => p.Key);
        Assert.All(names, n => Assert.Contains($"`{n}`", Page, StringComparison.Ordinal));
    }

    [Fact]
    public void Its_scenarios_load()
    {
        using var folder = new ScenarioFolder();
        Assert.NotEmpty(Scenario().Matches(Page));
        Assert.All(Scenario().Matches(Page), m => folder.Valid(m.Groups["text"].Value));
    }

    private static (StatsTotals Totals, TimeSpan Duration) Given(string block)
    {
        var window = new WindowBuilder(0);
        foreach (Match counter in GivenCounter().Matches(Regex.Match(block, "# counters: (.*)").Groups[1].Value))
        {
            Assert.True(MetricNames.TryParse(counter.Groups[1].Value, out Counter parsed));
            window.Count(parsed, long.Parse(counter.Groups[2].Value, CultureInfo.InvariantCulture));
        }

        foreach (Match task in GivenTask().Matches(block))
        {
            long Number(string group) => long.Parse(task.Groups[group].Value, CultureInfo.InvariantCulture);
            var (passed, failed) = (Number("passed"), Number("failed"));
            window.Task(
                task.Groups["type"].Value, task.Groups["task"].Value, passed, failed, 0, Enumerable.Repeat(Number("ms") * 1000, (int)(passed + failed)));
        }

        var samples = Regex.Match(block, @"# time_to_first_event: ([\d ]+) \(ms\)").Groups[1].Value.Split(' ');
        window.Time(Timing.TimeToFirstEvent, samples.Select(s => long.Parse(s, CultureInfo.InvariantCulture) * 1000));
        var seconds = Regex.Match(block, @"# run: (\d+) s").Groups[1].Value;
        return (window.Totals(), TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)));
    }

    private static Threshold Parse(string name, string demand)
    {
        var scope = Scope().Match(name);
        var (threshold, problem) = ThresholdParser.Parse(scope.Groups["metric"].Value, demand);
        Assert.True(threshold is not null, problem);
        return threshold with
        {
            UserType = scope.Groups["type"] is { Success: true } type ? type.Value : null,
            Task = scope.Groups["task"] is { Success: true } task ? task.Value : null,
        };
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ActorLoad.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("the tests run outside the repository");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"^\| `(\w+)` \| (`.*`) \|$", RegexOptions.Multiline)]
    private static partial Regex RateRow();

    [GeneratedRegex("""^(?<metric>[\w.]+)\s*=\s*"(?<demand>[^"]+)"\s*# (?<outcome>.+)$""", RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex(@"(\w+) = (\d+)")]
    private static partial Regex GivenCounter();

    [GeneratedRegex(@"^# task (?<type>\w+)\.(?<task>\w+): (?<passed>\d+) passed, (?<failed>\d+) failed, each (?<ms>\d+) ms$", RegexOptions.Multiline)]
    private static partial Regex GivenTask();

    [GeneratedRegex(@"^(users\.(?<type>\w+)\.)?(tasks\.(?<task>\w+)\.)?(?<metric>\w+)$")]
    private static partial Regex Scope();

    [GeneratedRegex(@"^\| `(?<number>\w+)` is above \| (?<once>\S+) \| (?<lasting>\S+) \|$", RegexOptions.Multiline)]
    private static partial Regex BoundRow();

    [GeneratedRegex("```hocon\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Scenario();
}
