namespace ActorLoad.Program.Tests.Running;

/// <summary>What a finished program left behind.</summary>
/// <param name="PeakMemory">Highest resident memory in bytes; 0 unless it was watched.</param>
public sealed record ProcessResult(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors, long PeakMemory)
{
    public string OutputText => string.Join('\n', Output);

    public string ErrorText => string.Join('\n', Errors);
}
