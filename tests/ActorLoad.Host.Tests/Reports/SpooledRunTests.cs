using System.Text.Json.Nodes;
using ActorLoad.Actors.Stats;
using ActorLoad.Host.Reports;
using ActorLoad.Host.Reports.Folders;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using RunStatus = ActorLoad.Host.Reports.Verdicts.RunStatus;

namespace ActorLoad.Host.Tests.Reports;

/// <summary>Reports from what workers kept of a run whose coordinator did not come back.</summary>
public sealed class SpooledRunTests : IDisposable
{
    private static readonly Threshold Threshold = new("users_started", "count == 100", "count", "==", 100);

    private readonly TemporaryFolder _spool = new();

    private string Folder => _spool.File(WindowBuilder.Run.Value);

    public void Dispose() => _spool.Dispose();

    [Fact]
    public void All_that_one_worker_kept_makes_the_summary_that_its_coordinator_would_have_made()
    {
        Keep("a", SampleRun.Windows());
        WriteRun("a", Roster("a"));
        var expected = SummaryBuilder.Build(SampleRun.Outcome(SampleRun.Totals()), SampleRun.Scenario(Threshold));
        var summary = ReportCommandCore.Read(Folder);
        Assert.Equal(expected.Counters, summary.Counters);
        Assert.Equal(expected.GaugesMax, summary.GaugesMax);
        Assert.Equal(expected.Timings, summary.Timings);
        Assert.Equal(expected.Events, summary.Events);
        Assert.Equal(expected.Failures, summary.Failures);
        Assert.Equal(expected.Thresholds, summary.Thresholds);
        Assert.Equal(
            JsonNode.Parse(SummaryFile.ToJson(expected))!["userTypes"]!.ToJsonString(), JsonNode.Parse(SummaryFile.ToJson(summary))!["userTypes"]!.ToJsonString());

        Assert.Equal((WindowBuilder.Run.Value, "orders", WindowBuilder.Start, 12.0), (summary.Run.Id, summary.Run.Scenario, summary.Run.StartedAt, summary.Run.DurationSeconds));
        Assert.Equal((RunStatus.Interrupted, 130, false), (summary.Run.Status, summary.Run.ExitCode, summary.Run.Trusted));
        Assert.Equal(["node-a:8110"], summary.Run.Nodes);
        Assert.Equal(
            "no coordinator took this run to its end (unless it is still going on): this is what 1 worker kept of it, 12 seconds, on node-a:8110", summary.Run.Reason);
        Assert.Equal(["the run has no report: its last seconds may be missing"], summary.Run.UntrustedReasons);
    }

    [Theory]
    [InlineData("json", "\"status\": \"interrupted\"")]
    [InlineData("md", "this is what 1 worker kept of it")]
    [InlineData("junit", "type=\"interrupted\"")]
    [InlineData("csv", ",users_started,counter,,100,")]
    public void Every_format_can_be_made_of_it(string format, string part)
    {
        Keep("a", SampleRun.Windows());
        WriteRun("a", Roster("a"));
        Assert.Contains(part, ReportCommandCore.Render(Folder, format), StringComparison.Ordinal);
    }

    [Fact]
    public void The_records_of_several_workers_are_added_and_who_is_missing_is_named()
    {
        Keep("a", SampleRun.Windows());
        Keep("b", SampleRun.Windows().Take(5));
        WriteRun("a", Roster("a", "b"));

        // Knows of one more, and of one that was gone before it came.
        WriteRun("b", Roster("a", "b", "c", "d") with { Epoch = 3 });
        var summary = ReportCommandCore.Read(Folder);
        Assert.Equal(60 * (SampleRun.SecondCount + 5), summary.Counters["connects_attempted"]);
        Assert.Equal(200, summary.GaugesMax["users_active"]);
        Assert.Equal(SampleRun.SecondCount, summary.Run.DurationSeconds);
        Assert.Equal(["node-a:8110", "node-b:8110"], summary.Run.Nodes);
        Assert.EndsWith("this is what 2 of 4 workers kept of it, 12 seconds, on node-a:8110, node-b:8110", summary.Run.Reason, StringComparison.Ordinal);
        Assert.Equal(
            [
                "the run has no report: its last seconds may be missing",
                "thresholds are not judged, because something is missing",
                "what the workers on node-c:8110, node-d:8110 measured is missing",
            ],
            summary.Run.UntrustedReasons);
        Assert.Empty(summary.Thresholds);
    }

    [Fact]
    public void A_worker_that_joined_later_has_no_seconds_before_and_misses_none()
    {
        Keep("a", SampleRun.Windows());
        Keep("b", SampleRun.Windows().Skip(8));
        var roster = Roster("a", "b");
        roster.Workers[1] = roster.Workers[1] with { FirstWindow = 8 };
        WriteRun("a", roster);
        var summary = ReportCommandCore.Read(Folder);
        Assert.Equal(60 * (SampleRun.SecondCount + 4), summary.Counters["connects_attempted"]);
        Assert.Single(summary.Run.UntrustedReasons);
        Assert.Single(summary.Thresholds);
    }

    [Fact]
    public void A_worker_that_joined_later_can_be_alone()
    {
        Keep("b", SampleRun.Windows().Skip(8));
        var roster = Roster("a", "b");
        roster.Workers[1] = roster.Workers[1] with { FirstWindow = 8 };
        WriteRun("b", roster);
        var summary = ReportCommandCore.Read(Folder);
        Assert.Equal(60 * 4, summary.Counters["connects_attempted"]);
        Assert.Equal((WindowBuilder.Start, 12.0), (summary.Run.StartedAt, summary.Run.DurationSeconds));
        Assert.Contains("1 of 2 workers kept of it, 4 seconds", summary.Run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Seconds_that_the_disk_did_not_take_are_told()
    {
        Keep("a", SampleRun.Windows().Where(w => w.Number is not (0 or 4 or 5)));
        WriteRun("a", Roster("a"));
        var summary = ReportCommandCore.Read(Folder);
        Assert.Equal(60 * (SampleRun.SecondCount - 3), summary.Counters["connects_attempted"]);
        Assert.Equal("3 seconds of the worker on node-a:8110 are missing", summary.Run.UntrustedReasons[^1]);
        Assert.Equal((WindowBuilder.Start, 12.0), (summary.Run.StartedAt, summary.Run.DurationSeconds));
    }

    [Fact]
    public void A_record_cut_short_loses_what_is_cut_and_is_left_as_it_is()
    {
        Keep("a", SampleRun.Windows());
        WriteRun("a", Roster("a"));
        var path = Path.Combine(Folder, "a.windows");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^10]);
        var (before, files) = (File.ReadAllBytes(path), Directory.GetFiles(Folder));
        File.SetAttributes(path, FileAttributes.ReadOnly);
        var summary = ReportCommandCore.Read(Folder);
        Assert.Equal(60 * (SampleRun.SecondCount - 1), summary.Counters["connects_attempted"]);
        Assert.Equal("the record of the worker on node-a:8110 cannot be read to its end", summary.Run.UntrustedReasons[^1]);
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal(files, Directory.GetFiles(Folder));
        File.SetAttributes(path, FileAttributes.Normal);
    }

    [Fact]
    public void A_spool_that_its_worker_is_still_writing_can_be_read()
    {
        using var spool = new WindowSpool(new SpoolFiles(_spool.Path, WindowBuilder.Run, new WorkerId("a")).Windows);
        foreach (var window in SampleRun.Windows())
        {
            spool.Append(window with { Worker = new WorkerId("a") });
            Assert.Equal(60 * (window.Number + 1), ReportCommandCore.Read(Folder).Counters["connects_attempted"]);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_knowing_what_the_run_was_its_numbers_are_there(bool damaged)
    {
        Keep("a", SampleRun.Windows());
        if (damaged)
        {
            File.WriteAllText(Path.Combine(Folder, "a.run"), "no description");
        }

        var summary = ReportCommandCore.Read(Folder);
        Assert.Equal(100, summary.Counters["users_started"]);
        Assert.Equal((WindowBuilder.Run.Value, "unknown", WindowBuilder.Start, 12.0), (summary.Run.Id, summary.Run.Scenario, summary.Run.StartedAt, summary.Run.DurationSeconds));
        Assert.Equal(["a"], summary.Run.Nodes);
        Assert.Equal("no .run file says what the run was: its scenario, thresholds and other workers are not known", summary.Run.UntrustedReasons[1]);
    }

    [Fact]
    public void The_workers_are_judged_by_what_they_kept_of_themselves()
    {
        var calm = new GeneratorHealth(1, 0.1, 0, 1, 0, 1, 0);
        Keep("a", Enumerable.Range(0, 9).Select(n => new WindowBuilder(n).Health(n is 5 or 6 ? calm with { LagMsMax = 100 * n } : calm).Window()));
        WriteRun("a", Roster("a"));
        var summary = ReportCommandCore.Read(Folder);
        Assert.Contains("5 s to 7 s: scheduling lag up to 600 ms", summary.Run.UntrustedReasons);
        Assert.Equal(600, summary.Generator["a"].LagMs);
    }

    [Fact]
    public void A_run_that_had_not_begun_has_nothing_to_report()
    {
        WriteRun("a", Roster("a"));
        Assert.Contains("no second that a worker has measured", Error(Folder), StringComparison.Ordinal);
    }

    [Fact]
    public void Records_of_several_runs_are_not_mixed()
    {
        Keep("a", SampleRun.Windows());
        WriteRun("a", Roster("a"));
        using (var spool = new WindowSpool(Path.Combine(Folder, "b.windows")))
        {
            spool.Append(SampleRun.Windows()[0] with { Run = new RunId("another"), Worker = new WorkerId("b") });
        }

        Assert.Contains($"records of more than one run: {WindowBuilder.Run}, another", Error(Folder), StringComparison.Ordinal);
    }

    [Fact]
    public void The_spool_itself_says_in_which_folders_the_runs_are()
    {
        Keep("a", SampleRun.Windows());
        Directory.CreateDirectory(_spool.File("something-else"));
        Assert.EndsWith($"; the records of a run are in {WindowBuilder.Run} below it", Error(_spool.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_may_not_be_read_is_told_and_passed_over_among_others()
    {
        Keep("a", SampleRun.Windows());
        var closed = Directory.CreateDirectory(_spool.File("another"));
        if (!OperatingSystem.IsWindows())
        {
            closed.UnixFileMode = UnixFileMode.None;
        }

        try
        {
            Assert.EndsWith($"; the records of a run are in {WindowBuilder.Run} below it", Error(_spool.Path), StringComparison.Ordinal);

            // To root it is empty.
            Assert.Matches("cannot be read: |is no run folder", Error(closed.FullName));
        }
        finally
        {
            if (!OperatingSystem.IsWindows())
            {
                closed.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            }
        }
    }

    [Fact]
    public void A_report_that_is_there_wins()
    {
        Keep("a", SampleRun.Windows());
        SummaryFile.Write(Path.Combine(Folder, SummaryFile.Name), SummaryBuilder.Build(SampleRun.Outcome(SampleRun.Totals()), SampleRun.Scenario()));
        Assert.Equal(RunStatus.Passed, ReportCommandCore.Read(Folder).Run.Status);
    }

    private static string Error(string folder) => Assert.Throws<RunFolderException>(() => ReportCommandCore.Read(folder)).Message;

    private static Roster Roster(params string[] workers) => new(
        1,
        840,
        TimeSpan.Zero,
        [.. workers.Select(w => new RosterEntry(new WorkerId(w), $"node-{w}:8110", 0, RosterState.Active, []))]);

    private void Keep(string worker, IEnumerable<StatsWindow> windows)
    {
        using var spool = new WindowSpool(new SpoolFiles(_spool.Path, WindowBuilder.Run, new WorkerId(worker)).Windows);
        foreach (var window in windows)
        {
            spool.Append(window with { Worker = new WorkerId(worker) });
        }
    }

    private void WriteRun(string worker, Roster roster) => new SpoolFiles(_spool.Path, WindowBuilder.Run, new WorkerId(worker)).WriteRun(
        new WorkerProtocol.RunDescription(
            new RunOrder(WindowBuilder.Run, SampleRun.Scenario(Threshold), "", WindowBuilder.Start), roster, WindowBuilder.Start));
}
