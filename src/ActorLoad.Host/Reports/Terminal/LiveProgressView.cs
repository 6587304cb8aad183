using ActorLoad.Host.Reports.Model;
using ActorLoad.Host.Reports.Wording;
using ActorLoad.Messages.Stats;
using Spectre.Console;

namespace ActorLoad.Host.Reports.Terminal;

/// <summary>
/// Three lines (four for a run elsewhere) that redraw themselves with every second, and vanish at the end to make room for the
/// summary. What happens to the cluster stays above them.
/// </summary>
public sealed class LiveProgressView(IAnsiConsole console, RunProgress progress) : IProgressView
{
    private const int BarWidth = 40;

    private readonly Lock _lock = new();
    private readonly RefreshingBlock _block = new();
    private bool _finished;

    public void Update(RunSecond second)
    {
        lock (_lock)
        {
            if (_finished)
            {
                return;
            }

            progress.Add(second);
            if (second.Marks.Count > 0)
            {
                // These lines stay, above the block.
                _block.Erase(console);
                foreach (var mark in second.Marks)
                {
                    console.Write(new Paragraph(MarkText.Of(SummaryMark.From(mark)) + "\n", MarkSection.Style(mark.Kind)));
                }
            }

            _block.Draw(console, Head(), Load(), Results());
            progress.Mark();
        }
    }

    public void Update(RunStatusJson status)
    {
        lock (_lock)
        {
            if (_finished)
            {
                return;
            }

            progress.Set(status);
            _block.Draw(console, Head(), Load(), Results(), new Paragraph(StatusText.Phase(status), status.Note is null ? Styles.Dim : Styles.Warning));
            progress.Mark();
        }
    }

    public void Finish()
    {
        lock (_lock)
        {
            if (!_finished)
            {
                _block.Erase(console);
            }

            _finished = true;
        }
    }

    private Paragraph Head()
    {
        var share = progress.Total > TimeSpan.Zero ? Math.Clamp(progress.Elapsed / progress.Total, 0, 1) : 1;
        var done = (int)Math.Round(share * BarWidth);
        return new Paragraph()
            .Append($"{Humanize.Clock(progress.Elapsed)} / {Humanize.Clock(progress.Total)}  ", Styles.Strong)
            .Append(new string('━', done), Styles.Good)
            .Append(new string('─', BarWidth - done), Styles.Dim)
            .Append($" {share * 100:0}%  ")
            .Append(SafeText.Clean(progress.Scenario, 40), Styles.Dim);
    }

    private Paragraph Load() => Line(
        ("users", Humanize.Count(progress.Users), null),
        ("streams", Humanize.Count(progress.Streams), null),
        ("events/s", Humanize.Rate(progress.EventsPerSecond), Styles.Strong),
        ("events", Humanize.Count(progress.Events), null));

    private Paragraph Results() => Line(
        ("first event p99", progress.FirstEventP99 is { } p99 ? Humanize.Milliseconds(p99) : "-", Styles.Strong),
        ("tasks", Humanize.Count(progress.Tasks), null),
        ("reconnects", Humanize.Count(progress.Reconnects), null),
        ("failures", Humanize.Count(progress.Failures), progress.Failures > 0 ? Styles.Bad : Style.Plain));

    private static Paragraph Line(params (string Label, string Value, Style? Style)[] parts)
    {
        var line = new Paragraph();
        foreach (var (label, value, style) in parts)
        {
            line.Append(label + " ", Styles.Dim).Append(value, style).Append("   ");
        }

        return line;
    }
}
