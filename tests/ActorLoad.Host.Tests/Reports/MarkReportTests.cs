using System.Text.Json.Nodes;
using ActorLoad.Host.Reports;
using ActorLoad.Host.Reports.Folders;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Host.Reports.Terminal;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Tests.Reports;

/// <summary>What happened to workers and coordinator, and how far their clocks were off, in every form of the report.</summary>
public sealed class MarkReportTests
{
    private static readonly RunMark[] Marks =
    [
        new(TimeSpan.FromSeconds(2.25), RunMarkKind.WorkerLost, "10.0.0.7:8110"),
        new(TimeSpan.FromSeconds(4), RunMarkKind.SharesMoved, "10.0.0.7:8110"),
        new(TimeSpan.FromSeconds(71.5), RunMarkKind.WorkerJoined, "10.0.0.8:8110"),
        new(TimeSpan.FromSeconds(75), RunMarkKind.WorkerLeft, "10.0.0.9:8110"),
        new(TimeSpan.FromSeconds(80), RunMarkKind.CoordinatorMoved, "10.0.0.2:8110"),
    ];

    [Fact]
    public void The_summary_has_marks_and_clocks_and_reads_them_back()
    {
        var summary = SummaryBuilder.Build(Outcome(), SampleRun.Scenario());
        var run = JsonNode.Parse(SummaryFile.ToJson(summary))!["run"]!;
        Assert.Equal("""{"at":2.25,"kind":"worker-lost","node":"10.0.0.7:8110"}""", run["marks"]![0]!.ToJsonString());
        Assert.Equal(
            ["worker-lost", "shares-moved", "worker-joined", "worker-left", "coordinator-moved"], run["marks"]!.AsArray().Select(m => (string)m!["kind"]!));

        // An error is never rounded down.
        Assert.Equal("""{"offsetMs":-12.346,"errorMs":0.101,"roundTripMs":0.2}""", run["workerClocks"]!["10.0.0.7:8110"]!.ToJsonString());

        using var folder = new TemporaryFolder();
        SummaryFile.Write(folder.File(SummaryFile.Name), summary);
        var again = SummaryFile.Read(folder.File(SummaryFile.Name));
        Assert.Equal(summary.Run.Marks!, again.Run.Marks!);
        Assert.Equal(summary.Run.WorkerClocks, again.Run.WorkerClocks);

        var calm = JsonNode.Parse(SummaryFile.ToJson(Calm()))!["run"]!.AsObject();
        Assert.False(calm.ContainsKey("marks"));
        Assert.False(calm.ContainsKey("workerClocks"));
    }

    [Fact]
    public void Names_of_nodes_that_look_the_same_when_they_are_shown_break_nothing()
    {
        var clocks = SummaryWorkerClock.Of(new Dictionary<string, ClockEstimate> { ["a\u0001"] = new(1, 0.1, 0.2, 8), ["a\u0002"] = new(2, 0.5, 1, 8) });
        Assert.Equal(new SummaryWorkerClock(2, 0.5, 1), Assert.Single(clocks!).Value);
    }

    [Fact]
    public void Terminal_and_markdown_tell_the_same_and_nothing_when_there_is_nothing()
    {
        var summary = SummaryBuilder.Build(Outcome(), SampleRun.Scenario());
        string[] sentences =
        [
            "worker on 10.0.0.7:8110 was lost",
            "users that moved because of 10.0.0.7:8110 are with their new workers",
            "worker on 10.0.0.8:8110 joined",
            "worker on 10.0.0.9:8110 left",
            "10.0.0.2:8110 took over as coordinator",
            "clocks of 2 workers corrected by up to 12.3ms, wrong by at most 2.00ms",
        ];
        var markdown = MarkdownReport.Render(summary).Replace("\\", "", StringComparison.Ordinal);
        Assert.All(sentences, s => Assert.Contains(s, Terminal(summary), StringComparison.Ordinal));
        Assert.All(sentences, s => Assert.Contains(s, markdown, StringComparison.Ordinal));
        Assert.Contains("changes while running\n00:02 worker", Terminal(summary), StringComparison.Ordinal);
        Assert.Contains("01:11 worker on 10.0.0.8:8110 joined", Terminal(summary), StringComparison.Ordinal);
        Assert.Contains("| 01:11 | worker on 10.0.0.8:8110 joined |", markdown, StringComparison.Ordinal);
        Assert.Contains("value=\"00:02 worker on 10.0.0.7:8110 was lost\"", JunitReport.Render(summary), StringComparison.Ordinal);

        var calm = Calm();
        Assert.DoesNotContain("changes while running", Terminal(calm) + MarkdownReport.Render(calm), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("clocks of", Terminal(calm) + MarkdownReport.Render(calm), StringComparison.Ordinal);
        Assert.DoesNotContain("mark", JunitReport.Render(calm), StringComparison.Ordinal);
    }

    [Fact]
    public void A_killed_run_keeps_the_marks_of_its_timeline()
    {
        using var folder = new TemporaryFolder();
        var seconds = SampleRun.Seconds();
        using (var timeline = new TimelineWriter(File.Create(folder.File(TimelineWriter.Name))))
        {
            timeline.Append(seconds[0]);
            timeline.Append(seconds[1] with { Marks = [Marks[0]] });
            timeline.Append(seconds[2] with { Marks = [Marks[1]] });
        }

        var lines = File.ReadAllLines(folder.File(TimelineWriter.Name));
        Assert.DoesNotContain("marks", lines[0], StringComparison.Ordinal);
        Assert.Contains("""
            "marks":[{"at":2.25,"kind":"worker-lost","node":"10.0.0.7:8110"}]
            """, lines[1], StringComparison.Ordinal);
        Assert.Equal([.. Marks[..2].Select(SummaryMark.From)], KilledRun.Rebuild(folder.Path).Run.Marks!);
    }

    private static Summary Calm() => SummaryBuilder.Build(SampleRun.Outcome(SampleRun.Totals()), SampleRun.Scenario());

    private static RunOutcome Outcome() => SampleRun.Outcome(SampleRun.Totals()) with
    {
        Marks = Marks,
        WorkerClocks = new Dictionary<string, ClockEstimate>
        {
            ["10.0.0.7:8110"] = new(-12.34567, 0.1001, 0.2002, 8),
            ["10.0.0.8:8110"] = new(3, 2, 4, 24),
        },
    };

    private static string Terminal(Summary summary)
    {
        var writer = new StringWriter();
        SummaryTable.Write(writer, false, summary, null);
        return writer.ToString();
    }
}
