using System.Text.Json;
using ActorLoad.Host.Reports;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Host.Reports.Terminal;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Tests.Reports;

/// <summary>Missed, duplicated and reordered events in summary.json, on the terminal and in markdown.</summary>
public sealed class IntegrityReportTests
{
    private static readonly Summary Sample = Build(new WindowBuilder(0)
        .Count(Counter.UsersStarted, 1)
        .Stream("reader", "main", (Counter.EventsSequenced, 1200), (Counter.EventsMissed, 17), (Counter.EventsReordered, 3))
        .Stream("reader", "plain", (Counter.Events, 5))
        .Stream("writer", "echo", (Counter.EventsSequenced, 10), (Counter.EventsDuplicated, 2))
        .Sample(IntegrityKind.Duplicated, 4)
        .Sample(IntegrityKind.Missed, 71, "b|`\e[31m")
        .Sample(IntegrityKind.Missed, 70)
        .Sample(IntegrityKind.Missed, 72)
        .Sample(IntegrityKind.Missed, 73));

    [Fact]
    public void The_summary_holds_every_sample_by_kind_and_time()
    {
        using var json = JsonDocument.Parse(SummaryFile.ToJson(Sample));
        var samples = json.RootElement.GetProperty("integrity").GetProperty("samples").EnumerateArray().ToList();
        Assert.Equal([70, 71, 72, 73, 4], samples.Select(s => s.GetProperty("number").GetInt64()));
        Assert.Equal(
            """{"kind":"missed","userType":"reader","user":12,"stream":"main","number":70,"at":"2026-03-01T12:00:00.07+00:00"}""",
            JsonSerializer.Serialize(samples[0]).Replace("\\u002B", "+", StringComparison.Ordinal));
        Assert.Equal("b|`[31m", samples[1].GetProperty("key").GetString());
        Assert.Equal(17, json.RootElement.GetProperty("userTypes").GetProperty("reader").GetProperty("streams").GetProperty("main").GetProperty("events_missed").GetInt64());
    }

    [Fact]
    public void The_terminal_shows_a_line_for_each_numbered_stream_and_three_examples_of_a_kind()
    {
        var text = new StringWriter();
        SummaryTable.Write(text, isTerminal: false, Sample, null);
        string[] expected =
        [
            "\nintegrity      sequenced  missed  duplicated  reordered\n",
            "\nreader / main      1,200      17           0          3\n",
            "\nwriter / echo         10       0           2          0\n",
            "\nfor example  number  of                                    at\n",
            "\nmissed           70  user 12 (reader / main)               12:00:00.070 UTC\n",
            "\nmissed           71  user 12 (reader / main, key b|`[31m)  12:00:00.071 UTC\n",
            "\nduplicated        4  user 12 (reader / main)               12:00:00.004 UTC\n",
        ];
        Assert.All(expected, e => Assert.Contains(e, text.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain("reader / plain", text.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("12:00:00.073", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_has_both_tables()
    {
        var text = MarkdownReport.Render(Sample);
        Assert.Contains("\n## Integrity\n\n| user type | stream | sequenced | missed | duplicated | reordered |\n", text, StringComparison.Ordinal);
        Assert.Contains("\n| `reader` | `main` | 1,200 | 17 | 0 | 3 |\n", text, StringComparison.Ordinal);
        Assert.Contains("\n| missed | 70 |  | 12 | `reader` | `main` | 2026-03-01 12:00:00.070 UTC |\n", text, StringComparison.Ordinal);
        Assert.Equal(5, text.Split("2026-03-01 12:00:00.0").Length - 1);
    }

    [Fact]
    public void A_run_without_numbers_has_no_such_section()
    {
        var summary = Build(new WindowBuilder(0).Count(Counter.UsersStarted, 1).Stream("reader", "main", (Counter.Events, 5)));
        var text = new StringWriter();
        SummaryTable.Write(text, isTerminal: false, summary, null);
        Assert.DoesNotContain("integrity", text.ToString() + MarkdownReport.Render(summary), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("for example  number", text.ToString(), StringComparison.Ordinal);
        Assert.Empty(summary.Integrity.Samples);
    }

    [Fact]
    public void A_run_keeps_twenty_samples_of_a_kind_over_all_workers()
    {
        var totals = new StatsTotals();
        for (var worker = 0; worker < 3; worker++)
        {
            var window = new WindowBuilder(worker).Sample(IntegrityKind.Reordered, worker);
            for (var i = 0; i < 15; i++)
            {
                window.Sample(IntegrityKind.Missed, (100 * worker) + i);
            }

            var second = new StatsTotals();
            second.Add(window.Window());
            totals.Add(second);
        }

        Assert.Equal(20, totals.Samples.Count(s => s.Kind == IntegrityKind.Missed));
        Assert.Equal([0L, 1, 2], totals.Samples.Where(s => s.Kind == IntegrityKind.Reordered).Select(s => s.Sequence));
        Assert.Equal(104, totals.Samples.Where(s => s.Kind == IntegrityKind.Missed).Max(s => s.Sequence));
    }

    private static Summary Build(WindowBuilder window) => SummaryBuilder.Build(SampleRun.Outcome(window.Totals()), SampleRun.Scenario());
}
