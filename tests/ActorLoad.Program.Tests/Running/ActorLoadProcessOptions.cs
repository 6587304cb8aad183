namespace ActorLoad.Program.Tests.Running;

/// <summary>How to start the program.</summary>
/// <param name="Arguments">The command line after the program's name.</param>
public sealed record ActorLoadProcessOptions(params string[] Arguments)
{
    /// <summary>What stands before the program on its command line; it must become the program, not start it, so that signals arrive.</summary>
    public IReadOnlyList<string> Prefix { get; init; } = [];

    /// <summary>Set in addition to the environment of the tests.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The tests' own when null.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>After so many lines the reader goes away and closes the pipe, as <c>head</c> does.</summary>
    public int? CloseOutputAfter { get; init; }

    /// <summary>Follow the peak of resident memory while the program runs.</summary>
    public bool WatchMemory { get; init; }
}
