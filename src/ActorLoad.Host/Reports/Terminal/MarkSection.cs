using ActorLoad.Host.Reports.Model;
using ActorLoad.Host.Reports.Wording;
using Spectre.Console;

namespace ActorLoad.Host.Reports.Terminal;

/// <summary>The part of <see cref="SummaryTable"/> that tells what happened to the workers and the coordinator.</summary>
internal static class MarkSection
{
    private const int MostMarks = 20;

    /// <returns>Null when nothing happened and no clock was corrected.</returns>
    public static Paragraph? Create(SummaryRun run)
    {
        var clocks = MarkText.Of(run.WorkerClocks);
        if (run.Marks.Count == 0 && clocks is null)
        {
            return null;
        }

        var text = new Paragraph().Append("cluster\n", Styles.Strong);
        foreach (var mark in run.Marks.Take(MostMarks))
        {
            text.Append(MarkText.Of(mark) + "\n", mark.Kind == Messages.Stats.RunMarkKind.WorkerLost ? Styles.Warning : Style.Plain);
        }

        if (run.Marks.Count > MostMarks)
        {
            text.Append($"and {run.Marks.Count - MostMarks} marks more\n");
        }

        return clocks is null ? text : text.Append(clocks + "\n");
    }
}
