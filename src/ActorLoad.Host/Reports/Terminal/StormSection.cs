using ActorLoad.Host.Reports.Model;
using ActorLoad.Host.Reports.Wording;
using Spectre.Console;

namespace ActorLoad.Host.Reports.Terminal;

/// <summary>The part of <see cref="SummaryTable"/> that tells of reconnect storms.</summary>
internal static class StormSection
{
    private const int MostStorms = 10;

    /// <returns>Null when there was no storm.</returns>
    public static Paragraph? Create(Summary summary)
    {
        if (summary.Storms.Count == 0)
        {
            return null;
        }

        var text = new Paragraph().Append("reconnect storms\n", Styles.Strong);
        foreach (var storm in summary.Storms.Take(MostStorms))
        {
            text.Append($"{StormText.Title(storm, summary.Run.StartedAt)}\n");
            foreach (var line in StormText.Lines(storm, summary.Run.Rebuilt))
            {
                text.Append($"      {line}\n", storm.NeverBack > 0 && line.Contains("never", StringComparison.Ordinal) ? Styles.Bad : Style.Plain);
            }
        }

        if (summary.Storms.Count > MostStorms)
        {
            text.Append($"and {summary.Storms.Count - MostStorms} storms more\n");
        }

        return text;
    }
}
