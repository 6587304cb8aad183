using Spectre.Console;

namespace ActorLoad.Host.Reports.Terminal;

/// <summary>The few styles that human output uses; a console without colours shows the words alone, which say the same.</summary>
internal static class Styles
{
    public static readonly Style Strong = new(decoration: Decoration.Bold);
    public static readonly Style Dim = new(foreground: Color.Grey);
    public static readonly Style Good = new(foreground: Color.Green);
    public static readonly Style Bad = new(foreground: Color.Red);
    public static readonly Style Warning = new(foreground: Color.Yellow);
}
