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
        { ["target", "--urls", "http://0.0.0.0:0"], "loopback" },
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
