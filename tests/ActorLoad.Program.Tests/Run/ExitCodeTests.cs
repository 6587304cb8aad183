using System.Text.Json.Nodes;
using ActorLoad.Program.Tests.Running;

namespace ActorLoad.Program.Tests.Run;

/// <summary>How a run ends, as scripts see it.</summary>
public sealed class ExitCodeTests
{
    private const string Scenario =
        """
        scenario {
          name = short
          base-url = "http://127.0.0.1:1"
          load { stages = [ { duration = 0s, users = 5 }, { duration = 2s, users = 5 } ] }
          users { one { wait = 100ms, tasks { look { steps = [
            { subscribe { stream = s, path = "/api/events/stream?interval_ms=50", reconnect { enabled = false } } }
            { await { stream = s, events = 2, within = 5s } }
            { close = s }
          ] } } } }
          thresholds { time_to_headers = [ "LIMIT" ] }
        }
        """;

    [Theory]
    [InlineData("p99 < 1h", 0, "passed")]
    [InlineData("p99 < 0.001ms", 99, "thresholds-crossed")]
    public async Task Thresholds_decide_the_exit_code(string limit, int exitCode, string status)
    {
        using var folder = new ScratchFolder();
        await using var target = await TargetProcess.StartAsync(port: 0);
        await using var process = RunCommand.Start(
            folder, "run", folder.Write("s.conf", Scenario.Replace("LIMIT", limit)), "--base-url", target.BaseUrl.AbsoluteUri);

        var run = await process.RunResultAsync();

        Assert.True(run.ExitCode == exitCode, run.ToString());
        Assert.Equal(status, run.Status);
        Assert.Equal(exitCode == 0, (bool)run.Summary["thresholds"]![0]!["passed"]!);
        var kept = await File.ReadAllTextAsync(Path.Combine(folder.Path, "run", "summary.json"));
        Assert.True(JsonNode.DeepEquals(run.Summary, JsonNode.Parse(kept)));
    }

    [Fact]
    public async Task Nothing_ever_connected_fails_the_run()
    {
        using var folder = new ScratchFolder();
        await using var process = RunCommand.Start(folder, "run", folder.Write("s.conf", Scenario.Replace("LIMIT", "p99 < 1h")));

        var run = await process.RunResultAsync();

        Assert.True(run.ExitCode == 1, run.ToString());
        Assert.Equal("failed", run.Status);
        Assert.Equal(0, run.Counter("connects_opened"));
        Assert.Equal(run.Counter("connects_failed"), run.Failures("connect", "connect"));
        Assert.True(run.Counter("tasks_failed") >= 5, run.ToString());
    }

    [Fact]
    public async Task A_second_interrupt_ends_the_program_at_once()
    {
        using var folder = new ScratchFolder();
        await using var target = await TargetProcess.StartAsync(port: 0);

        // The on-stop step keeps the drain busy for a minute.
        var scenario = Scenario.Replace("LIMIT", "p99 < 1h").Replace("wait = 100ms", "on-stop = [ { pause = 1m } ], wait = 100ms");
        await using var process = RunCommand.Start(
            folder, "run", folder.Write("s.conf", scenario), "--base-url", target.BaseUrl.AbsoluteUri, "--set", "load.stages[1].duration=5m");
        await Timeline.UntilAsync(Path.Combine(folder.Path, "run"), "events", 5);
        process.Interrupt();
        await target.UntilAsync(s => (long)s["streams"]!["open"]! == 0, "all streams closed by the first interrupt");
        Assert.False(process.HasExited);
        process.Interrupt();

        var result = await process.ExitAsync();

        Assert.Equal(130, result.ExitCode);

        // What was closed until then is on disk and can still be reported.
        var report = await ActorLoadProcess.RunAsync("report", Path.Combine(folder.Path, "run"), "--format", "json");
        Assert.Equal(0, report.ExitCode);
        Assert.True((long)JsonNode.Parse(report.OutputText)!["counters"]!["events"]! >= 5);
    }

    [Fact]
    public async Task A_secret_of_the_environment_is_nowhere_in_the_run_folder()
    {
        const string Secret = "s3cr3t-9f1c";
        using var folder = new ScratchFolder();
        await using var target = await TargetProcess.StartAsync(port: 0);
        var scenario = Scenario.Replace("LIMIT", "p99 < 1h")
            .Replace("{ close = s }", """
                { close = s }
                { request { path = "/nowhere/"${ACTORLOAD_TEST_TOKEN}, expect-status = 200 } }
                """)
            .Replace("load {", "http { headers { Authorization = \"Bearer {{env.ACTORLOAD_TEST_TOKEN}}\" } }\n  load {");
        await using var process = ActorLoadProcess.StartWith(new ActorLoadProcessOptions(
            "run", folder.Write("s.conf", scenario), "--base-url", target.BaseUrl.AbsoluteUri, "--out", Path.Combine(folder.Path, "run"))
        {
            Environment = new Dictionary<string, string> { ["ACTORLOAD_TEST_TOKEN"] = Secret },
        });

        var result = await process.ExitAsync();

        // The request fails, and so do its tasks: what it asked for must not be told with it.
        Assert.True(result.ExitCode == 0, result.ErrorText);
        Assert.Contains("the server answered 404", result.OutputText, StringComparison.Ordinal);
        var files = Directory.GetFiles(Path.Combine(folder.Path, "run"));
        Assert.Contains(files, f => f.EndsWith("scenario.conf", StringComparison.Ordinal));
        Assert.All(files, f => Assert.DoesNotContain(Secret, File.ReadAllText(f), StringComparison.Ordinal));
        Assert.DoesNotContain(Secret, result.OutputText + result.ErrorText, StringComparison.Ordinal);
    }
}
