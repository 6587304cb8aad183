using ActorLoad.Host.Scenarios;

namespace ActorLoad.Host.Cli;

/// <summary>Tells everything that is wrong with a scenario.</summary>
internal static class Mistakes
{
    /// <returns>The exit code of a scenario that does not validate.</returns>
    public static int Print(ScenarioResult result)
    {
        foreach (var mistake in result.Mistakes)
        {
            Console.Error.WriteLine(mistake);
        }

        var count = result.Mistakes.Count;
        Console.Error.WriteLine($"actorload: {count} {(count == 1 ? "mistake" : "mistakes")}, nothing was started");
        return ExitCodes.Usage;
    }
}
