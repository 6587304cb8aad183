using ActorLoad.Host.Reports.Model;
using ActorLoad.Host.Reports.Wording;
using ActorLoad.Messages.Stats;
using Spectre.Console;

namespace ActorLoad.Host.Reports.Terminal;

/// <summary>The part of <see cref="SummaryTable"/> that tells what happened to the workers and the coordinator.</summary>
internal static class MarkSection
{
    private const int MostMarks = 20;

    /// <returns>Null when nothing happened and no clock was corrected.</returns>
    public static Paragraph? Create(SummaryRun run)
    {
        var (marks, clocks) = (run.Marks ?? [], MarkText.Of(run.WorkerClocks));
        var text = new Paragraph();
        if (marks.Count > 0)
        {
            text.Append("changes while running\n", Styles.Strong);
        }

        foreach (var mark in marks.Take(MostMarks))
        {
            text.Append(MarkText.Of(mark) + "\n", Style(mark.Kind));
        }

        if (marks.Count > MostMarks)
        {
            text.Append($"and {marks.Count - MostMarks} changes more\n");
        }

        if (clocks is not null)
        {
            text.Append(clocks + "\n");
        }

        return text.Length == 0 ? null : text;
    }

    internal static Style Style(RunMarkKind kind) => kind == RunMarkKind.WorkerLost ? Styles.Warning : Spectre.Console.Style.Plain;
}
