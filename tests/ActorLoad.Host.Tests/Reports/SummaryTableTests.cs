using ActorLoad.Host.Reports;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Host.Reports.Terminal;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Tests.Reports;

public class SummaryTableTests
{
    private static readonly Threshold[] Thresholds =
    [
        new("tasks_failed", "rate < 1%", "rate", "<", 0.01),
        new("delivery_latency", "p99 < 1s", "p99", "<", 1000),
    ];

    private static Summary Sample(params IReadOnlyList<string> doubts) =>
        SummaryBuilder.Build(SampleRun.Outcome(SampleRun.Totals()), SampleRun.Scenario(Thresholds), doubts);

    private static string Table(Summary summary, string? folder = null, bool terminal = false)
    {
        var text = new StringWriter();
        SummaryTable.Write(text, terminal, summary, folder);
        return text.ToString();
    }

    [Fact]
    public void It_tells_everything_in_at_most_a_hundred_columns_of_plain_text()
    {
        var text = Table(Sample("the CPU was busy"), "/tmp/results/x");
        Assert.All(text.Split('\n'), l => Assert.True(l.Length <= 100 && l == l.TrimEnd(), l));
        Assert.DoesNotContain('\e', text);
        string[] expected =
        [
            "\nTHRESHOLDS CROSSED  1 of 2 thresholds was crossed: delivery_latency 'p99 < 1s' (no samples)\n",
            "\nresults not trustworthy: the CPU was busy\n",
            "\nrun       20260301-120000-orders-1a2b   12.0s   1 node: 127.0.0.1:4053\n",
            "\nusers     100 started   0 finished   0 crashed   100 at peak\n",
            "\nstreams   720 connects attempted   708 opened   12 failed   98 at peak\n",
            "\n          48 disconnects   36 reconnects   0 stalled\n",
            "\nevents    12,066 (1,006/s)   240 comments   14.1 MiB\n",
            "\n          message 10,866   update 1,200\n",
            "\ntasks          passed  failed  interrupted     p50     p99\n",
            "\nreader / read     480       3           12 ",
            "\ntimings               count     min    mean     p50     p90     p95     p99   p99.9     max\n",
            "\ntime_to_first_event     708 ",
            "\ndisconnect  eof                   48  the server ended the stream\n",
            "\n✓ held      tasks_failed      rate < 1%  0.4975%\n",
            "\n✗ crossed   delivery_latency  p99 < 1s   no samples\n",
            "\nrun folder: /tmp/results/x\n",
        ];
        Assert.All(expected, e => Assert.Contains(e, text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_threshold_has_its_scope_and_says_when_it_ended_the_run()
    {
        var limit = Thresholds[0] with { UserType = "reader" };
        var outcome = SampleRun.Outcome(SampleRun.Totals()) with { Abort = new ThresholdAbort(limit, 0.25, TimeSpan.FromSeconds(3)) };
        var summary = SummaryBuilder.Build(outcome, SampleRun.Scenario(limit, Thresholds[0] with { Task = "read" }));
        Assert.Contains("\n✗ crossed   users.reader.tasks_failed  rate < 1%  25%, ended the run\n", Table(summary), StringComparison.Ordinal);
        Assert.Contains("\n✓ held      tasks.read.tasks_failed    rate < 1%  0.6211%\n", Table(summary), StringComparison.Ordinal);
        Assert.Contains("| ❌ crossed | `users.reader.tasks_failed` | `rate < 1%` | 25%, ended the run |", MarkdownReport.Render(summary), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    public void Long_names_wrap_and_numbers_stay_in_one_piece(int width)
    {
        const string type = "subscribers-of-a-whole-region";
        const string task = "follow-the-main-stream-for-a-while";
        var totals = new WindowBuilder(0)
            .Count(Counter.UsersStarted, 1)
            .Task(type, task, 12_345, 678, 90, 1_234_000)
            .Stream(type, "main-stream-of-the-whole-region", (Counter.EventsSequenced, 1_234_567), (Counter.EventsMissed, 17_171))
            .Sample(IntegrityKind.Missed, 7_654_321)
            .Totals();
        var limit = new Threshold("task_time", "p99 < 1s", "p99", "<", 1000) { UserType = type, Task = task };
        var text = new StringWriter();
        SummaryTable.Write(text, false, SummaryBuilder.Build(SampleRun.Outcome(totals), SampleRun.Scenario(limit)), null, width);

        var page = text.ToString();
        Assert.All(page.Split('\n'), l => Assert.True(l.Length <= width, l));
        string[] whole = ["12,345", "678", "interrupted", "1.23s", "1,234,567", "17,171", "duplicated", "7654321", "14:07:34.321 UTC", "p99 < 1s"];
        Assert.All(whole, part => Assert.Contains(part, page, StringComparison.Ordinal));
        Assert.DoesNotContain("\n…\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_generator_at_its_worst_is_one_line()
    {
        var totals = new WindowBuilder(0).Health(new GeneratorHealth(12.5, 0.256, 0.0012, 1234, 0, 3.25, 0)).Totals();
        var summary = SummaryBuilder.Build(SampleRun.Outcome(totals), SampleRun.Scenario());
        Assert.Contains("\ngenerator  CPU 26%   lag 12.5ms   GC 0.1%   queue 1,234   backlog 3.25ms at worst\n", Table(summary), StringComparison.Ordinal);
        Assert.Contains("\n- generator: CPU 26%, lag 12.5ms, GC 0.1%, queue 1,234, backlog 3.25ms at worst\n", MarkdownReport.Render(summary), StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_terminal_it_says_the_same_in_colour()
    {
        var text = Table(Sample(), terminal: true);
        Assert.Contains("\e[", text, StringComparison.Ordinal);
        Assert.Contains("✗ crossed", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trusted_run_has_no_notice_and_an_empty_one_no_empty_tables()
    {
        var text = Table(SummaryBuilder.Build(SampleRun.Outcome(new StatsTotals()), SampleRun.Scenario()));
        Assert.StartsWith("\nFAILED  no user ever started\n", text, StringComparison.Ordinal);
        Assert.All(["trustworthy", "tasks", "timings", "failures", "thresholds", "run folder"], s => Assert.DoesNotContain(s, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Only_the_ten_most_frequent_event_names_are_listed()
    {
        var window = new WindowBuilder(0).Count(Counter.UsersStarted, 1);
        for (var i = 0; i < 13; i++)
        {
            window.Events($"name-{i:00}", 100 - i);
        }

        var text = Table(SummaryBuilder.Build(SampleRun.Outcome(window.Totals()), SampleRun.Scenario()));
        Assert.Contains("name-09 91", text, StringComparison.Ordinal);
        Assert.DoesNotContain("name-10", text, StringComparison.Ordinal);
        Assert.Contains("and 3 names more", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hostile_target_can_neither_colour_nor_break_any_report()
    {
        const string evil = "[red]x[/] [[\e[2J\u202E|pipe| `code` <script>\r\nnew line";
        var totals = new WindowBuilder(0)
            .Count(Counter.UsersStarted, 1)
            .Events(evil, 1)
            .Failure(FailureWhere.Connect, FailureReason.Protocol, 1, evil)
            .Totals();
        var summary = SummaryBuilder.Build(SampleRun.Outcome(totals), SampleRun.Scenario());

        var table = Table(summary);
        Assert.DoesNotContain('\e', table);
        Assert.Contains("[red]x[/] [[[2J|pipe| `code` <script> new line", table, StringComparison.Ordinal);

        var rows = MarkdownReport.Render(summary).Split('\n');
        var row = Assert.Single(rows, r => r.StartsWith("| `connect`", StringComparison.Ordinal));
        Assert.Equal("| `connect` | `protocol` | 1 | `[red]x[/] [[[2J\\|pipe\\| 'code' <script> new line` |", row);
    }

    [Fact]
    public void A_summary_of_another_maker_is_cleaned_before_it_is_shown()
    {
        var summary = Sample();
        var forged = summary with
        {
            Run = summary.Run with { Reason = "\e[2Jgone" },
            Failures = [new SummaryFailure { Where = "\e[1mconnect", Reason = "\a", Count = 1, Sample = "\e]0;x\a" }],
        };
        Assert.DoesNotContain(Table(forged), c => char.IsControl(c) && c != '\n');
        Assert.DoesNotContain(MarkdownReport.Render(forged), c => char.IsControl(c) && c != '\n');
    }

    [Fact]
    public void Markdown_tables_have_as_many_cells_in_each_row_as_in_their_head()
    {
        var blocks = MarkdownReport.Render(Sample("busy")).Split("\n\n").Where(b => b.StartsWith('|')).ToList();
        Assert.Equal(7, blocks.Count);
        foreach (var rows in blocks.Select(b => b.TrimEnd('\n').Split('\n')))
        {
            Assert.True(rows.Length > 2);
            Assert.All(rows, r => Assert.Equal(rows[0].Count(c => c == '|'), r.Count(c => c == '|')));
        }
    }

    [Fact]
    public void Markdown_begins_with_verdict_reason_and_doubt() =>
        Assert.StartsWith(
            "# `orders`: ❌ thresholds crossed\n\n1 of 2 thresholds was crossed: delivery\\_latency 'p99 \\< 1s' (no samples)\n\n" +
            "> **Results not trustworthy:** busy\n\n- run `20260301-120000-orders-1a2b`\n- started 2026-03-01 12:00:00 UTC, lasted 12.0s\n- exit code 99\n",
            MarkdownReport.Render(Sample("busy")),
            StringComparison.Ordinal);
}
