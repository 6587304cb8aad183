using System.Text;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Host.Reports.Wording;
using ActorLoad.Host.Reports.Verdicts;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ActorLoad.Host.Reports.Terminal;

/// <summary>The end of a run as a person reads it in ten seconds: verdict, people, connections, events, times, failures, thresholds.</summary>
public static class SummaryTable
{
    /// <summary>Writes the table at most 100 columns wide, in one write.</summary>
    /// <param name="isTerminal">False = no escape sequences at all.</param>
    /// <param name="runFolder">Shown at the end; null when there is none.</param>
    /// <param name="width">Columns of the page; null = those of the terminal.</param>
    public static void Write(TextWriter writer, bool isTerminal, Summary summary, string? runFolder, int? width = null)
    {
        var text = new StringWriter { NewLine = "\n" };
        var console = Consoles.CreatePage(text, isTerminal);
        console.Profile.Width = width ?? console.Profile.Width;
        foreach (var part in Parts(summary, runFolder, console.Profile.Width))
        {
            console.Write(part);
        }

        writer.Write(TrimLines(text.ToString()));
        writer.Flush();
    }

    private static IEnumerable<IRenderable> Parts(Summary summary, string? runFolder, int width)
    {
        yield return Verdict(summary.Run);
        if (!summary.Run.Trusted)
        {
            yield return Line("results not trustworthy: " + SafeText.Clean(string.Join("; ", summary.Run.UntrustedReasons), 600) + "\n", Styles.Warning);
        }

        yield return SummarySections.Facts(summary);
        IRenderable?[] sections =
        [
            SummarySections.Tasks(summary),
            SummarySections.Timings(summary, width),
            SummarySections.FiniteStreams(summary),
            SummarySections.Notes(summary),
            MarkSection.Create(summary.Run),
            StormSection.Create(summary),
            IntegritySection.Streams(summary),
            IntegritySection.Samples(summary),
            SummarySections.Failures(summary),
            SummarySections.Thresholds(summary),
        ];
        foreach (var section in sections.OfType<IRenderable>())
        {
            yield return new Text("\n");
            yield return section;
        }

        if (runFolder is not null)
        {
            yield return new Text("\n");
            yield return Line("run folder: " + runFolder, Style.Plain);
        }
    }

    private static Paragraph Verdict(SummaryRun run)
    {
        var style = run.Status switch
        {
            RunStatus.Passed => Styles.Good,
            RunStatus.Interrupted => Styles.Warning,
            _ => Styles.Bad,
        };
        var word = SummarySections.Word(run.Status).ToUpperInvariant();
        return new Paragraph()
            .Append("\n")
            .Append(word, style.Decoration(Decoration.Bold))
            .Append("  " + SafeText.Clean(run.Reason, 400) + "\n\n");
    }

    // Wraps by itself; a path that is longer than the terminal stays in one piece, so that it can be clicked and copied.
    private static Paragraph Line(string text, Style style) => new Paragraph(text + "\n", style).Overflow(Overflow.Fold);

    private static string TrimLines(string text)
    {
        var trimmed = new StringBuilder(text.Length);
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            trimmed.Append(line.TrimEnd()).Append('\n');
        }

        return trimmed.ToString();
    }
}
