using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ActorLoad.Program.Tests.Running;

namespace ActorLoad.Program.Tests.Run;

/// <summary>A threshold that ends the run, with the scenario that docs/measurement.md shows.</summary>
public sealed partial class AbortTests
{
    [Fact]
    public async Task A_threshold_that_does_not_hold_ends_the_run_gracefully_after_its_delay()
    {
        using var folder = new ScratchFolder();
        await using var target = await TargetProcess.StartAsync(port: 0);
        await using var process = RunCommand.Start(
            folder, "run", folder.Write("s.conf", Example()), "--base-url", target.BaseUrl.AbsoluteUri);

        var run = await process.RunResultAsync();

        // Status, exit code and reason: the threshold by its scope, its value, and the second (the plan is a minute long).
        Assert.True(run.ExitCode == 99, run.ToString());
        Assert.Equal("thresholds-crossed", run.Status);
        var reason = Reason().Match((string)run.Summary["run"]!["reason"]!);
        Assert.True(reason.Success, run.ToString());
        Assert.InRange(double.Parse(reason.Groups[1].Value, CultureInfo.InvariantCulture), 1.9, 20);
        Assert.InRange((double)run.Summary["run"]!["durationSeconds"]!, 1.9, 30);

        // Only that one was crossed, and users ended in good order.
        var thresholds = run.Summary["thresholds"]!.AsArray();
        Assert.Equal([true, false], thresholds.Select(t => (bool)t!["passed"]!));
        Assert.Equal(("tasks.read", 1d, true), ((string)thresholds[1]!["scope"]!, (double)thresholds[1]!["value"]!, (bool)thresholds[1]!["aborted"]!));
        Assert.Equal((5, 5), (run.Counter("users_started"), run.Counter("users_finished")));
        Assert.Equal(run.Counter("tasks_failed"), run.Failures("task", "await-timeout"));

        // The same as CI systems get it.
        var report = await ActorLoadProcess.RunAsync("report", Path.Combine(folder.Path, "run"), "--format", "junit");
        Assert.Equal(0, report.ExitCode);
        var failure = Assert.Single(XDocument.Parse(report.OutputText).Descendants("failure"));
        Assert.Equal("ends-early.tasks.read", failure.Parent!.Attribute("classname")!.Value);
        Assert.Equal("measured 100%, ended the run", failure.Attribute("message")!.Value);
    }

    private static string Example()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ActorLoad.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("the tests run outside the repository");
        }

        var page = File.ReadAllText(Path.Combine(folder.FullName, "docs", "measurement.md"));
        return Assert.Single(Scenario().Matches(page), m => m.Value.Contains("abort-on-fail", StringComparison.Ordinal)).Groups[1].Value;
    }

    [GeneratedRegex("```hocon\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Scenario();

    [GeneratedRegex(@"^stopped after ([\d.]+)s: the threshold tasks\.read\.tasks_failed 'rate < 50%' did not hold \(100%\)$")]
    private static partial Regex Reason();
}
