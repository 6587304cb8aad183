using ActorLoad.Program.Tests.Running;

namespace ActorLoad.Program.Tests.Run;

/// <summary>What cannot be started says why, on standard error alone, with exit code 2, and starts nothing.</summary>
public sealed class UsageTests
{
    public static TheoryData<string[], string> WrongLines => new()
    {
        { ["run"], "FILE" },
        { ["run", "no-such-file.conf"], "no-such-file.conf" },
        { ["run", "x.conf", "--users", "0"], "--users" },
        { ["run", "x.conf", "--duration", "soon"], "a duration" },
        { ["quick", "ftp://127.0.0.1/"], "http" },
        { ["quick", "not a url"], "http" },
        { ["quick", "http://127.0.0.1:1/", "--header", "nonsense"], "Name: value" },
        { ["quick", "http://127.0.0.1:1/", "--header", "Authorization: {{env.ACTORLOAD_NOT_SET}}"], "ACTORLOAD_NOT_SET" },
        { ["quick", "http://me:secret@127.0.0.1:1/"], "password" },
        { ["target", "--urls", "http://0.0.0.0:0"], "loopback" },
        { ["target", "--urls", "http://127.0.0.1:0", "--accept-log", "/"], "denied" },
        { ["report", "no-such-folder"], "no-such-folder" },
        { ["report", ".", "--format", "pdf"], "pdf" },
        { ["fly"], "fly" },
    };

    [Theory]
    [MemberData(nameof(WrongLines))]
    public async Task A_wrong_line_is_one_message_and_exit_code_2(string[] line, string expected)
    {
        using var folder = new ScratchFolder();
        await using var process = ActorLoadProcess.StartWith(new ActorLoadProcessOptions(line) { WorkingDirectory = folder.Path });

        var result = await process.ExitAsync();

        Assert.True(result.ExitCode == 2, $"exit {result.ExitCode}\n{result.OutputText}\n{result.ErrorText}");
        Assert.Empty(result.Output);
        Assert.Contains(expected, result.ErrorText, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", result.ErrorText, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task All_mistakes_of_a_scenario_are_told_with_their_lines()
    {
        using var folder = new ScratchFolder();
        var file = folder.Write("wrong.conf", """
            scenario {
              name = wrong
              base-url = "127.0.0.1:5080"
              load { stages = [ { duration = soon, users = 5 } ] }
              usres { }
            }
            """);

        var result = await ActorLoadProcess.RunAsync("validate", file);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"{file}:3: scenario.base-url", result.ErrorText, StringComparison.Ordinal);
        Assert.Contains($"{file}:4: scenario.load.stages[0].duration", result.ErrorText, StringComparison.Ordinal);
        Assert.Contains($"{file}:5: scenario.usres", result.ErrorText, StringComparison.Ordinal);
        Assert.Contains("users", result.ErrorText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("measure { sequence = \"seq\" }", "measure.sequence: expected \"id\", a JSON pointer")]
    [InlineData("measure { sequence = id, key = \"/a~2\" }", "measure.key: '/a~2' is no JSON pointer")]
    [InlineData("thresholds.connect_time = \"p101 < 1s\"", "thresholds.connect_time: 'p101' is no aggregate")]
    [InlineData("thresholds.events = \"count < 5s\"", "thresholds.events: expected a number after 'count <', found '5s'")]
    [InlineData("thresholds.users.nobody.tasks_failed = \"rate < 1%\"", "thresholds.users.nobody: there is no user type 'nobody'")]
    [InlineData("events-at = [ { at = 1s, drop { fraction = 1.01 } } ]", "events-at[0].drop.fraction: expected a number above 0 and at most 1, found '1.01'")]
    [InlineData("events-at = [ { at = 10s, drop { } } ]", "events-at[0].at: the plan is over after 10s")]
    [InlineData("load = { model = open, stages = [ { duration = 10s, rate = 0 } ] }", "load.stages: the plan never has a new user")]
    [InlineData("load.stages = [ { duration = 10s, users = 0 } ]", "load.stages: the plan never has a user")]
    [InlineData("users.one.lifetime = { min = 2s, max = 1s }", "users.one.lifetime.min: min (2s) must not be above max (1s)")]
    [InlineData("users.one.read-rate = 2KiB", "users.one.read-rate: expected a rate such as 2KiB/s")]
    [InlineData("http.source-addresses = [ \"127.0.0.9-127.0.0.1\" ]", "http.source-addresses[0]: expected an IP address, a range")]
    [InlineData("users.one.on-start = [ { request { path = \"/{{feed.user}}\" } } ]", "users.one.on-start[0].request.path: ")]
    public async Task A_mistake_has_its_line_and_what_was_expected(string text, string mistake)
    {
        using var folder = new ScratchFolder();
        var file = folder.Write("wrong.conf", $$"""
            scenario {
              name = wrong
              base-url = "http://127.0.0.1:1"
              load { stages = [ { duration = 10s, users = 5 } ] }
              users.one.tasks.read.steps = [ { subscribe { stream = main, path = "/" } } ]
              {{text}}
            }
            """);

        var result = await ActorLoadProcess.RunAsync("validate", file);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"{file}:6: scenario.{mistake}", result.ErrorText, StringComparison.Ordinal);
        Assert.Contains("1 mistake, nothing was started", result.ErrorText, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task More_users_than_open_files_are_refused_with_limit_and_remedy()
    {
        using var folder = new ScratchFolder();
        await using var process = ActorLoadProcess.StartWith(
            new ActorLoadProcessOptions("quick", "http://127.0.0.1:1/", "--users", "5000000") { WorkingDirectory = folder.Path });

        var result = await process.ExitAsync();

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("open files", result.ErrorText, StringComparison.Ordinal);
        Assert.Contains("ulimit -n", result.ErrorText, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task An_unwritable_run_folder_is_refused_before_anything_starts()
    {
        using var folder = new ScratchFolder();
        var file = folder.Write("in-the-way", "");

        var result = await ActorLoadProcess.RunAsync("quick", "http://127.0.0.1:1/", "--out", Path.Combine(file, "run"));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("run folder", result.ErrorText, StringComparison.Ordinal);
    }
}
