using System.Text.Json.Nodes;
using ActorLoad.Actors.Coordination;
using ActorLoad.Host.Reports;
using ActorLoad.Host.Running;
using ActorLoad.Host.Tests.Reports;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace ActorLoad.Host.Tests.Running;

/// <summary>The run folder of a run in a cluster, from its making to the summary.</summary>
public sealed class RunRecorderActorTests : TestKit
{
    private static readonly RunOrder Order = new(WindowBuilder.Run, SampleRun.Scenario(), "scenario { name = \"orders\" }\n", WindowBuilder.Start);

    private readonly TemporaryFolder _folder = new();
    private readonly TestProbe _run;

    public RunRecorderActorTests() => _run = CreateTestProbe();

    private string Results => _folder.File("results");

    private string RunPath => Path.Combine(Results, WindowBuilder.Run.Value);

    [Fact]
    public void First_of_all_it_makes_the_folder_with_the_scenario_and_says_where()
    {
        _run.ChildActorOf(RunRecorderActor.Props(Order, Results));
        Assert.Equal(new RunFolderMade(WindowBuilder.Run, RunPath, null), _run.ExpectMsg<RunFolderMade>());
        Assert.Equal(Order.ScenarioText, File.ReadAllText(Path.Combine(RunPath, "scenario.conf")));
        Assert.Contains($"run {WindowBuilder.Run} of orders", File.ReadAllText(Path.Combine(RunPath, "run.log")), StringComparison.Ordinal);
    }

    [Fact]
    public void Seconds_and_outcome_make_the_report_that_a_run_in_one_process_has()
    {
        var recorded = Record(SampleRun.Outcome(SampleRun.Totals()), SampleRun.Seconds());
        Assert.Equal((WindowBuilder.Run, "passed", 0, RunPath, null), (recorded.Run, recorded.Status, recorded.ExitCode, recorded.Folder, recorded.Problem));
        Assert.Equal(recorded.SummaryJson + "\n", ReportCommandCore.Render(RunPath, "json"));
        Assert.Equal(recorded.SummaryJson + "\n", File.ReadAllText(Path.Combine(RunPath, "summary.json")));
        Assert.Equal(SampleRun.SecondCount, File.ReadAllLines(Path.Combine(RunPath, "timeline.jsonl")).Length);
        Assert.True(File.Exists(Path.Combine(RunPath, "histograms.hlog")));
    }

    [Theory]
    [InlineData(StopReason.Completed, "thresholds-crossed", 99)]
    [InlineData(StopReason.Interrupted, "interrupted", 130)]
    [InlineData(StopReason.WorkerFailed, "failed", 1)]
    public void The_status_is_the_one_of_the_summary(StopReason reason, string status, int code)
    {
        var order = Order with { Scenario = SampleRun.Scenario(new Threshold("events", "count == 1", "count", "==", 1)) };
        var recorded = Record(SampleRun.Outcome(SampleRun.Totals(), reason, "it broke"), [], order);
        Assert.Equal((status, code), (recorded.Status, recorded.ExitCode));
        var run = JsonNode.Parse(recorded.SummaryJson)!["run"]!;
        Assert.Equal((status, code), ((string)run["status"]!, (int)run["exitCode"]!));
    }

    [Fact]
    public void What_happens_to_the_cluster_is_in_the_log_of_the_run_as_well()
    {
        var second = SampleRun.Seconds()[1] with { Marks = [new RunMark(TimeSpan.FromSeconds(1.5), RunMarkKind.WorkerLost, "10.0.0.7:8110")] };
        Record(SampleRun.Outcome(SampleRun.Totals()), [second]);
        var log = File.ReadAllText(Path.Combine(RunPath, "run.log"));
        Assert.Contains(" 00:01 worker on 10.0.0.7:8110 was lost\n", log, StringComparison.Ordinal);
        Assert.Contains(" passed: ", log, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_another_coordinator_has_made_before_is_left_as_it_is()
    {
        for (var n = 1; n <= 3; n++)
        {
            var recorder = _run.ChildActorOf(RunRecorderActor.Props(Order, Results));
            Assert.Equal(n == 1 ? RunPath : $"{RunPath}-{n}", _run.ExpectMsg<RunFolderMade>().Folder);
            recorder.Tell(SampleRun.Seconds()[n], _run);
            recorder.Tell(SampleRun.Outcome(SampleRun.Totals()), _run);
            Assert.Equal(n == 1 ? RunPath : $"{RunPath}-{n}", _run.ExpectMsg<RunRecorded>().Folder);
        }

        Assert.StartsWith("{\"number\":1,", File.ReadAllText(Path.Combine(RunPath, "timeline.jsonl")), StringComparison.Ordinal);
        Assert.StartsWith("{\"number\":3,", File.ReadAllText(Path.Combine(RunPath + "-3", "timeline.jsonl")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_a_problem_told_before_the_run_begins()
    {
        File.WriteAllText(Results, "a file where the folder should be");
        var recorder = _run.ChildActorOf(RunRecorderActor.Props(Order, Results));
        var made = _run.ExpectMsg<RunFolderMade>();
        Assert.Null(made.Folder);
        Assert.Contains("cannot be written", made.Problem, StringComparison.Ordinal);

        // And should the run go on without: the summary is there, and so is the problem.
        recorder.Tell(SampleRun.Seconds()[0], _run);
        recorder.Tell(SampleRun.Outcome(SampleRun.Totals()), _run);
        var recorded = _run.ExpectMsg<RunRecorded>();
        Assert.Equal((null, made.Problem, ExitCode: 1), (recorded.Folder, recorded.Problem, recorded.ExitCode));
        Assert.Contains("\"orders\"", recorded.SummaryJson, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_that_cannot_be_written_does_not_end_the_run_but_is_told_with_its_report()
    {
        var recorder = Begin();
        Directory.CreateDirectory(Path.Combine(RunPath, "timeline.jsonl"));
        foreach (var second in SampleRun.Seconds())
        {
            recorder.Tell(second, _run);
        }

        recorder.Tell(SampleRun.Outcome(SampleRun.Totals()), _run);
        var recorded = _run.ExpectMsg<RunRecorded>();
        Assert.Contains("ends at second 0", recorded.Problem, StringComparison.Ordinal);

        // The run passed, but whoever relies on its report must not be told that all is well.
        Assert.Equal(("passed", 1), (recorded.Status, recorded.ExitCode));
        Assert.Contains(recorded.Problem!, File.ReadAllText(Path.Combine(RunPath, "run.log")), StringComparison.Ordinal);
        Assert.Equal(recorded.SummaryJson + "\n", File.ReadAllText(Path.Combine(RunPath, "summary.json")));
    }

    [Fact]
    public void A_summary_that_cannot_be_written_is_answered_all_the_same()
    {
        var recorder = Begin();
        Directory.CreateDirectory(Path.Combine(RunPath, "summary.json"));
        recorder.Tell(SampleRun.Outcome(SampleRun.Totals(), StopReason.Interrupted), _run);
        var recorded = _run.ExpectMsg<RunRecorded>();
        Assert.Contains("summary.json cannot be written", recorded.Problem, StringComparison.Ordinal);
        Assert.Equal(("interrupted", 130), (recorded.Status, recorded.ExitCode));
        Assert.Contains("\"interrupted\"", recorded.SummaryJson, StringComparison.Ordinal);
    }

    [Fact]
    public void An_outcome_told_twice_is_answered_twice_and_written_once()
    {
        var recorder = Begin();
        recorder.Tell(SampleRun.Outcome(SampleRun.Totals()), _run);
        var first = _run.ExpectMsg<RunRecorded>();
        File.Delete(Path.Combine(RunPath, "summary.json"));
        recorder.Tell(SampleRun.Seconds()[0], _run);
        recorder.Tell(SampleRun.Outcome(SampleRun.Totals(), StopReason.Interrupted), _run);
        Assert.Same(first, _run.ExpectMsg<RunRecorded>());
        Assert.False(File.Exists(Path.Combine(RunPath, "summary.json")));
    }

    [Fact]
    public void When_it_is_stopped_its_files_are_closed_and_hold_what_they_got()
    {
        var recorder = Begin();
        Watch(recorder);
        recorder.Tell(SampleRun.Seconds()[0], _run);
        recorder.Tell(PoisonPill.Instance);
        ExpectTerminated(recorder);
        using (new FileStream(Path.Combine(RunPath, "timeline.jsonl"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
        }

        Assert.Equal(1, ReportCommandCore.Read(RunPath).Run.DurationSeconds);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _folder.Dispose();
    }

    private IActorRef Begin(RunOrder? order = null)
    {
        var recorder = _run.ChildActorOf(RunRecorderActor.Props(order ?? Order, Results));
        Assert.Null(_run.ExpectMsg<RunFolderMade>().Problem);
        return recorder;
    }

    private RunRecorded Record(RunOutcome outcome, IReadOnlyList<RunSecond> seconds, RunOrder? order = null)
    {
        var recorder = Begin(order);
        foreach (var second in seconds)
        {
            recorder.Tell(second, _run);
        }

        recorder.Tell(outcome, _run);
        return _run.ExpectMsg<RunRecorded>();
    }
}
