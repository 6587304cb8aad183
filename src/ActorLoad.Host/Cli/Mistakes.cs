using ActorLoad.Host.Scenarios;

namespace ActorLoad.Host.Cli;

/// <summary>Tells everything that is wrong with a scenario.</summary>
internal static class Mistakes
{
    /// <returns>The exit code of a scenario that does not validate.</returns>
    public static int Print(ScenarioResult result) => Print(result, Console.Error);

    /// <returns>The exit code of a scenario that does not validate.</returns>
    public static int Print(ScenarioResult result, TextWriter error)
    {
        foreach (var mistake in result.Mistakes)
        {
            error.WriteLine(mistake);
        }

        var count = result.Mistakes.Count;
        error.WriteLine($"actorload: {count} {(count == 1 ? "mistake" : "mistakes")}, nothing was started");
        return ExitCodes.Usage;
    }
}
