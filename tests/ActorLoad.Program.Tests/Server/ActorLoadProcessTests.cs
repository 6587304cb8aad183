using ActorLoad.Program.Tests.Running;

namespace ActorLoad.Program.Tests.Server;

/// <summary>The program as the tests start it.</summary>
public sealed class ActorLoadProcessTests
{
    [Fact]
    public async Task The_program_lies_beside_the_tests_and_starts()
    {
        Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, "actorload.runtimeconfig.json")));

        var result = await ActorLoadProcess.RunAsync("--version");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("", result.ErrorText);
    }
}
