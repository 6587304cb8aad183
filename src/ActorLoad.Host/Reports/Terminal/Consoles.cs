using Spectre.Console;

namespace ActorLoad.Host.Reports.Terminal;

/// <summary>Spectre consoles that leave no doubt about escape sequences: a terminal gets them, nothing else ever does.</summary>
public static class Consoles
{
    /// <summary>What fits every terminal and log viewer that is not narrower than it says.</summary>
    public const int Width = 100;

    /// <summary>As wide as the terminal at every moment, also after it was resized.</summary>
    public static IAnsiConsole Create(TextWriter writer, bool isTerminal)
    {
        var colours = isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
    }

    /// <summary>For text that stays: never wider than <see cref="Width"/>.</summary>
    public static IAnsiConsole CreatePage(TextWriter writer, bool isTerminal)
    {
        var console = Create(writer, isTerminal);
        console.Profile.Width = isTerminal ? Math.Clamp(console.Profile.Width, 40, Width) : Width;
        return console;
    }
}
