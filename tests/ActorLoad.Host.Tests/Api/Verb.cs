using ActorLoad.Host.Cli;

namespace ActorLoad.Host.Tests.Api;

/// <summary>What a command line printed and returned, run within this process.</summary>
internal sealed record Verb(int ExitCode, string Output, string Error)
{
    public static async Task<Verb> RunAsync(params string[] line)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var code = await CommandTree.RunAsync(line, TextWriter.Synchronized(output), TextWriter.Synchronized(error));
        return new Verb(code, output.ToString(), error.ToString());
    }
}
