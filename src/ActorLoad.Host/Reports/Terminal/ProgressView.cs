using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Reports.Terminal;

/// <summary>Picks how progress is shown.</summary>
public static class ProgressView
{
    /// <param name="isTerminal">True = a block that redraws itself every second; false = a plain line every 5 seconds.</param>
    public static IProgressView Create(TextWriter stderr, bool isTerminal, Scenario scenario) =>
        Create(stderr, isTerminal, scenario.Name, scenario.Load.Duration);

    public static IProgressView Create(TextWriter stderr, bool isTerminal, string scenario, TimeSpan planned)
    {
        var progress = new RunProgress(scenario, planned);

        // A dumb terminal (Emacs, some CI) cannot move its cursor.
        return isTerminal && Environment.GetEnvironmentVariable("TERM") != "dumb"
            ? new LiveProgressView(Consoles.Create(stderr, isTerminal: true), progress)
            : new PlainProgressView(stderr, progress);
    }
}
