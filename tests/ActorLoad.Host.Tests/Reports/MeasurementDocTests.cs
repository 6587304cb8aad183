using System.Globalization;
using System.Text.RegularExpressions;
using ActorLoad.Actors.Verdicts;
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
        Assert.Equal(14, examples.Count);
        foreach (Match example in examples)
        {
            var result = ThresholdEvaluator.Evaluate(Parse(example.Groups["metric"].Value, example.Groups["demand"].Value), totals, duration);
            var value = result.Value?.ToString("0.###", CultureInfo.InvariantCulture) ?? result.Note;
            Assert.StartsWith(example.Groups["outcome"].Value, $"{(result.Passed ? "held" : "crossed")}: {value}");
        }
    }

    private static (StatsTotals Totals, TimeSpan Duration) Given(string block)
    {
        var window = new WindowBuilder(0);
        foreach (Match counter in GivenCounter().Matches(Regex.Match(block, "# counters: (.*)").Groups[1].Value))
        {
            Assert.True(MetricNames.TryParse(counter.Groups[1].Value, out Counter parsed));
            window.Count(parsed, long.Parse(counter.Groups[2].Value, CultureInfo.InvariantCulture));
        }

        var samples = Regex.Match(block, @"# time_to_first_event: ([\d ]+) \(ms\)").Groups[1].Value.Split(' ');
        window.Time(Timing.TimeToFirstEvent, samples.Select(s => long.Parse(s, CultureInfo.InvariantCulture) * 1000));
        var seconds = Regex.Match(block, @"# run: (\d+) s").Groups[1].Value;
        return (window.Totals(), TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)));
    }

    private static Threshold Parse(string metric, string demand)
    {
        var match = Demand().Match(demand);
        Assert.True(match.Success, demand);
        var unit = match.Groups["unit"].Value switch
        {
            "%" => 0.01,
            "s" => 1000,
            "ms" or "" => 1,
            var other => throw new FormatException(other),
        };
        var value = double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture) * unit;
        return new Threshold(metric, demand, match.Groups["aggregate"].Value, match.Groups["operator"].Value, value);
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

    [GeneratedRegex("""^(?<metric>\w+)\s*=\s*"(?<demand>[^"]+)"\s*# (?<outcome>.+)$""", RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex(@"(\w+) = (\d+)")]
    private static partial Regex GivenCounter();

    [GeneratedRegex(@"^(?<aggregate>\S+) (?<operator>[<>=!]+) (?<value>[\d.]+)(?<unit>\D*)$")]
    private static partial Regex Demand();
}
