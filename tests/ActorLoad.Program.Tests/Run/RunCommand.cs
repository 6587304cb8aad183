using System.Text.Json.Nodes;
using ActorLoad.Program.Tests.Running;

namespace ActorLoad.Program.Tests.Run;

/// <summary>Runs <c>actorload run</c> and <c>quick</c> with <c>--json</c>, each with a run folder of its own.</summary>
internal static class RunCommand
{
    public static ActorLoadProcess Start(ScratchFolder folder, params string[] arguments) =>
        ActorLoadProcess.Start([.. arguments, "--json", "--out", Path.Combine(folder.Path, "run")]);

    /// <summary>Waits for the end; standard output must be one JSON document.</summary>
    public static async Task<RunResult> RunResultAsync(this ActorLoadProcess process) => new(await process.ExitAsync());
}
