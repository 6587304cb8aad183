using System.Text.Json.Nodes;
using ActorLoad.Program.Tests.Running;

namespace ActorLoad.Program.Tests.Run;

/// <summary>Rows of a CSV file and tokens of a login, from file to target and nowhere else.</summary>
public sealed class FeedRunTests
{
    private const int Users = 30;

    private const string Scenario = """
        scenario {
          name = feeds
          base-url = "http://127.0.0.1:1"
          load { stages = [ { duration = 0s, users = 30 }, { duration = 3s, users = 30 } ] }
          graceful-stop = 10s
          feeds { accounts { file = "data/accounts.csv", delimiter = ";", order = random, seed = 5, at-end = AT_END } }
          users.member {
            wait = 200ms
            on-start = [
              { request {
                  method = POST, path = "/api/login", within = 20s
                  body = "{\"user\":\"{{feed.user}}\",\"password\":\"{{feed.accounts.password}}\"}"
                  extract { token = "/access_token" }
              } }
            ]
            tasks.job.steps = [
              { request { method = POST, path = "/api/jobs?interval_ms=5", expect-status = 202, extract { job = "/id", where { header = Location } } } }
              { subscribe {
                  stream = job, path = "{{var.where}}", query { as = "{{feed.user}}" }, headers { Authorization = "Bearer {{var.token}}" }
                  until { event = done }
              } }
              { await { stream = job, data-json { pointer = "/percent", equals = 50 }, within = 20s } }
              { await { stream = job, done = true, within = 20s } }
            ]
            tasks.private.steps = [
              { subscribe { stream = own, path = "/api/private/events/stream?interval_ms=50", headers { Authorization = "Bearer {{var.token}}" } } }
              { await { stream = own, within = 20s } }
              { close = own }
            ]
          }
          thresholds { tasks_failed = [ "count == 0" ], requests_failed = [ "count == 0" ], connects_failed = [ "count == 0" ] }
        }
        """;

    [Theory]
    [InlineData(30, "stop", 30, 0)]
    [InlineData(20, "stop", 20, 10)]
    [InlineData(20, "wrap", 20, 0)]
    public async Task Each_user_logs_in_with_a_row_of_its_own(int rows, string atEnd, int different, int exhausted)
    {
        using var folder = new ScratchFolder();
        await using var target = await TargetProcess.StartAsync(port: 0);
        var file = Write(folder, rows, atEnd);
        await using var process = RunCommand.Start(folder, "run", file, "--base-url", target.BaseUrl.AbsoluteUri);
        var run = await process.RunResultAsync();
        var stats = await target.StatsAsync();

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal((Users - exhausted, 0), (run.Counter("users_started"), run.Counter("users_crashed")));
        Assert.Equal(exhausted, run.Failures("user", "feed-exhausted"));

        // The password belongs to the user, so a login is granted only when both come from one row.
        var logins = stats["logins"]!;
        Assert.Equal((Users - exhausted, 0, different), ((long)logins["granted"]!, (long)logins["refused"]!, (long)logins["users"]!));
        Assert.All(["member.job", "member.private"], task => Assert.True(run.Tasks[task] is { Passed: > 0, Failed: 0 }, run.ToString()));
        Assert.True(run.Counter("streams_completed") >= run.Tasks["member.job"].Passed, run.ToString());
        Assert.Equal((long)stats["jobs"]!["created"]!, run.Counter("requests") - (Users - exhausted));
        AssertSilent(folder, run);
    }

    [Fact]
    public async Task The_scenario_of_the_run_folder_runs_again_from_there()
    {
        using var folder = new ScratchFolder();
        await using var target = await TargetProcess.StartAsync(port: 0);
        await using var first = RunCommand.Start(folder, "run", Write(folder, Users, "stop"), "--base-url", target.BaseUrl.AbsoluteUri, "--duration", "1s");
        Assert.Equal(0, (await first.RunResultAsync()).ExitCode);

        var kept = Path.Combine(folder.Path, "run", "scenario.conf");
        var validated = await ActorLoadProcess.RunAsync("validate", kept);
        Assert.True(validated.ExitCode == 0, validated.ErrorText);
        Assert.Contains("accounts: 30 rows of user, password", validated.OutputText, StringComparison.Ordinal);
        Assert.DoesNotContain("pw-member", validated.OutputText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_feed_is_told_with_the_line_of_its_file_and_nothing_is_sent()
    {
        using var folder = new ScratchFolder();
        var file = Write(folder, 3, "stop");
        var csv = Path.Combine(folder.Path, "data", "accounts.csv");
        await File.AppendAllTextAsync(csv, "someone;\"SECRET\n");
        var result = await ActorLoadProcess.RunAsync("run", file);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"{csv}:5: scenario.feeds.accounts: broken quoting", result.ErrorText, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", result.ErrorText + result.OutputText, StringComparison.Ordinal);
    }

    private static string Write(ScratchFolder folder, int rows, string atEnd)
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "data"));
        var lines = Enumerable.Range(0, rows).Select(i => $"member-{i};pw-member-{i}");
        File.WriteAllText(Path.Combine(folder.Path, "data", "accounts.csv"), $"\uFEFFuser;password\r\n{string.Join("\r\n", lines)}\r\n");
        return folder.Write("feeds.conf", Scenario.Replace("AT_END", atEnd));
    }

    /// <summary>Neither rows nor tokens stand in anything that the run has left behind or printed.</summary>
    private static void AssertSilent(ScratchFolder folder, RunResult run)
    {
        var hex = Convert.ToHexStringLower("member-"u8);
        var files = Directory.GetFiles(Path.Combine(folder.Path, "run"), "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (var text in files.Select(File.ReadAllText).Append(run.ToString()))
        {
            Assert.DoesNotContain("member-", text, StringComparison.Ordinal);
            Assert.DoesNotContain(hex, text, StringComparison.Ordinal);
        }
    }
}
