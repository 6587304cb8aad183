using System.Text.Json.Nodes;
using ActorLoad.Host.Reports;
using ActorLoad.Host.Reports.Folders;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Host.Reports.Verdicts;

namespace ActorLoad.Host.Tests.Reports;

public class ReportCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Folder => _folder.File("out");

    private void Write(bool summary)
    {
        using var folder = RunFolder.Create(WindowBuilder.Run, Folder);
        folder.WriteScenario("scenario { name = \"orders\" }\n");
        foreach (var second in SampleRun.Seconds())
        {
            folder.Append(second);
        }

        if (summary)
        {
            folder.WriteSummary(Finished());
        }
    }

    private static Summary Finished() => SummaryBuilder.Build(SampleRun.Outcome(SampleRun.Totals()), SampleRun.Scenario());

    [Fact]
    public void Json_is_the_summary_as_it_was_written()
    {
        Write(summary: true);
        Assert.Equal(File.ReadAllText(Path.Combine(Folder, "summary.json")), ReportCommandCore.Render(Folder, "json"));
    }

    [Fact]
    public void Markdown_is_made_from_the_summary()
    {
        Write(summary: true);
        Assert.Equal(MarkdownReport.Render(Finished()), ReportCommandCore.Render(Folder, "md"));
    }

    [Fact]
    public void A_killed_run_is_rebuilt_with_the_numbers_it_would_have_had()
    {
        Write(summary: false);
        var (rebuilt, expected) = (ReportCommandCore.Read(Folder), Finished());
        Assert.Equal(expected.Counters, rebuilt.Counters);
        Assert.Equal(expected.GaugesMax, rebuilt.GaugesMax);
        Assert.Equal(expected.Timings, rebuilt.Timings);
        Assert.Equal(expected.Events, rebuilt.Events);
        Assert.Equal(expected.Failures.Select(f => (f.Where, f.Reason, f.Count, f.Sample)), rebuilt.Failures.Select(f => (f.Where, f.Reason, f.Count, f.Sample)));
        Assert.Equal(
            (expected.Run.Id, expected.Run.Scenario, expected.Run.StartedAt, expected.Run.DurationSeconds),
            (rebuilt.Run.Id, rebuilt.Run.Scenario, rebuilt.Run.StartedAt, rebuilt.Run.DurationSeconds));
        Assert.Equal((RunStatus.Interrupted, 130, true, false), (rebuilt.Run.Status, rebuilt.Run.ExitCode, rebuilt.Run.Rebuilt, rebuilt.Run.Trusted));
        Assert.StartsWith("killed", rebuilt.Run.Reason, StringComparison.Ordinal);
        Assert.True((bool)JsonNode.Parse(ReportCommandCore.Render(Folder, "json"))!["run"]!["rebuilt"]!);
        Assert.Contains("killed", ReportCommandCore.Render(Folder, "md"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_killed_in_the_middle_of_a_line_loses_that_line_only()
    {
        Write(summary: false);
        Truncate("timeline.jsonl");
        Truncate("histograms.hlog");
        var rebuilt = ReportCommandCore.Read(Folder);
        Assert.Equal(60 * (SampleRun.SecondCount - 1), rebuilt.Counters["connects_attempted"]);
        Assert.Equal(SampleRun.SecondCount - 1, rebuilt.Run.DurationSeconds);
        Assert.Equal(60 * SampleRun.SecondCount, rebuilt.Timings["connect_time"].Count);
        Assert.Equal(50 * (SampleRun.SecondCount - 1), rebuilt.Timings["task_time"].Count);
        Assert.Contains("1 line of its timeline could not be read", rebuilt.Run.UntrustedReasons);

        void Truncate(string name)
        {
            using var file = File.OpenWrite(Path.Combine(Folder, name));
            file.SetLength(file.Length - 50);
        }
    }

    [Theory]
    [InlineData("histograms.hlog")]
    [InlineData("scenario.conf")]
    public void A_killed_run_is_rebuilt_without_its_other_files(string missing)
    {
        Write(summary: false);
        File.Delete(Path.Combine(Folder, missing));
        Assert.Equal(100, ReportCommandCore.Read(Folder).Counters["users_started"]);
    }

    [Fact]
    public void A_timeline_without_a_complete_second_is_not_made_up()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "timeline.jsonl"), "{\"number\":0,");
        Assert.Contains("no complete second", Error(Folder, "json"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_run_folder_is_told_in_one_sentence()
    {
        Assert.Equal($"there is no folder {Folder}", Error(Folder, "json"));
        Assert.Equal($"{_folder.Path} is no run folder: it has neither summary.json nor timeline.jsonl", Error(_folder.Path, "json"));
    }

    [Fact]
    public void A_format_that_does_not_exist_is_told_with_those_that_do()
    {
        Write(summary: true);
        Assert.Equal("there is no report format 'pdf': use one of json, md, junit, csv", Error(Folder, "pdf"));
    }

    private static string Error(string folder, string format) =>
        Assert.Throws<RunFolderException>(() => ReportCommandCore.Render(folder, format)).Message;

    public void Dispose() => _folder.Dispose();
}
