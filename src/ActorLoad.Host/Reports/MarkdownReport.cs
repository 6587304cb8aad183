using System.Globalization;
using System.Text;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Host.Reports.Verdicts;
using ActorLoad.Host.Reports.Wording;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports;

/// <summary>
/// A summary as GitHub-flavoured markdown, for pull requests and job pages. All text that a target or a scenario chose stands
/// in code spans, where it can do nothing.
/// </summary>
public static class MarkdownReport
{
    public static string Render(Summary summary)
    {
        var text = new StringBuilder();
        Head(text, summary.Run);
        if (GeneratorText.Of(summary.Generator.Values) is { } generator)
        {
            text.Append($"- generator: {MarkdownText.Escape(generator.Replace("   ", ", ", StringComparison.Ordinal))}\n");
        }

        Cluster(text, summary.Run);
        Thresholds(text, summary.Thresholds);
        Tasks(text, summary.UserTypes);
        Timings(text, summary.Timings);
        Table(
            text,
            "Finite streams",
            ["user type", "", "-count", "-p50", "-p99", "-worst"],
            FiniteStreamRows.Of(summary).Select(r => (string[])[MarkdownText.Code(r[0]), .. r[1..]]));
        Notes(text, DeliveryNotes.Of(summary));
        Storms(text, summary);
        Integrity(text, summary);
        Failures(text, summary.Failures);
        Counts(text, "Counters", "counter", summary.Counters, summary.Run.DurationSeconds);
        Counts(text, "Events", "event", summary.Events, summary.Run.DurationSeconds);
        Counts(text, "Highest levels", "gauge", summary.GaugesMax, 0);
        return text.ToString();
    }

    private static void Head(StringBuilder text, SummaryRun run)
    {
        text.Append($"# {MarkdownText.Code(run.Scenario)}: {StatusWord(run.Status)}\n\n{MarkdownText.Escape(run.Reason)}\n\n");
        if (!run.Trusted)
        {
            text.Append("> **Results not trustworthy:** ").Append(MarkdownText.Escape(string.Join("; ", run.UntrustedReasons))).Append("\n\n");
        }

        text.Append($"- run {MarkdownText.Code(run.Id)}\n");
        text.Append(CultureInfo.InvariantCulture, $"- started {run.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, lasted {Humanize.Milliseconds(run.DurationSeconds * 1000)}\n");
        text.Append(CultureInfo.InvariantCulture, $"- exit code {run.ExitCode}\n");
        if (run.Nodes.Count > 0)
        {
            text.Append($"- {Humanize.Plural(run.Nodes.Count, "node")}: {string.Join(", ", run.Nodes.Select(n => MarkdownText.Code(n)))}\n");
        }
    }

    private static void Cluster(StringBuilder text, SummaryRun run)
    {
        if (MarkText.Of(run.WorkerClocks) is { } clocks)
        {
            text.Append($"- {MarkdownText.Escape(clocks)}\n");
        }

        Table(text, "Changes while running", ["at", "what"], (run.Marks ?? []).Select(m => MarkdownText.Escape(MarkText.Of(m)).Split(' ', 2)));
    }

    private static void Thresholds(StringBuilder text, IReadOnlyList<SummaryThreshold> thresholds) => Table(
        text, "Thresholds", ["", "metric", "demand", "-value"], thresholds.Select(t => new[]
        {
            t.Passed ? "✅ held" : "❌ crossed",
            MarkdownText.Code(t.Name),
            MarkdownText.Code(t.Expression),
            MarkdownText.Escape(t.Shown),
        }));

    private static void Tasks(StringBuilder text, IReadOnlyDictionary<string, SummaryUserType> types) => Table(
        text,
        "Tasks",
        ["user type", "task", "-passed", "-failed", "-interrupted", "-p50", "-p99"],
        types.SelectMany(type => type.Value.Tasks.Select(task => (Type: type.Key, Name: task.Key, Result: task.Value))).Select(t =>
        {
            var time = t.Result.Timings.GetValueOrDefault(Timing.TaskTime.Name());
            return new[]
            {
                MarkdownText.Code(t.Type),
                MarkdownText.Code(t.Name),
                Humanize.Count(t.Result.Passed),
                Humanize.Count(t.Result.Failed),
                Humanize.Count(t.Result.Interrupted),
                time is null ? "" : Humanize.Milliseconds(time.P50),
                time is null ? "" : Humanize.Milliseconds(time.P99),
            };
        }));

    private static void Timings(StringBuilder text, IReadOnlyDictionary<string, SummaryTiming> timings) => Table(
        text,
        "Timings",
        ["timing", "-count", "-min", "-mean", "-p50", "-p90", "-p95", "-p99", "-p99.9", "-max"],
        timings.Select(t =>
        {
            double[] values = [t.Value.Min, t.Value.Mean, t.Value.P50, t.Value.P90, t.Value.P95, t.Value.P99, t.Value.P999, t.Value.Max];
            return (string[])[MarkdownText.Code(t.Key), Humanize.Count(t.Value.Count), .. values.Select(Humanize.Milliseconds)];
        }));

    private static void Notes(StringBuilder text, IReadOnlyList<string> notes)
    {
        foreach (var note in notes)
        {
            text.Append(notes[0] == note ? "\n- " : "- ").Append(MarkdownText.Escape(note)).Append('\n');
        }
    }

    private static void Storms(StringBuilder text, Summary summary) => Table(
        text, "Reconnect storms", ["storm", "recovery"], summary.Storms.Select(s => new[]
        {
            MarkdownText.Escape(StormText.Title(s, summary.Run.StartedAt)),
            MarkdownText.Escape(string.Join("; ", StormText.Lines(s, summary.Run.Rebuilt))),
        }));

    private static void Integrity(StringBuilder text, Summary summary)
    {
        Table(
            text,
            "Integrity",
            ["user type", "stream", "-sequenced", "-missed", "-duplicated", "-reordered"],
            IntegrityRow.Of(summary).Select(row => new[]
            {
                MarkdownText.Code(row.UserType),
                MarkdownText.Code(row.Stream),
                Humanize.Count(row.Sequenced),
                Humanize.Count(row.Missed),
                Humanize.Count(row.Duplicated),
                Humanize.Count(row.Reordered),
            }));
        Table(
            text,
            "Integrity samples",
            ["kind", "-number", "key", "-user", "user type", "stream", "at"],
            summary.Integrity.Samples.Select(s => new[]
            {
                s.Kind.ToString().ToLowerInvariant(),
                s.Number.ToString(CultureInfo.InvariantCulture),
                s.Key is { } key ? MarkdownText.Code(key) : "",
                s.User.ToString(CultureInfo.InvariantCulture),
                MarkdownText.Code(s.UserType),
                MarkdownText.Code(s.Stream),
                s.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff 'UTC'", CultureInfo.InvariantCulture),
            }));
    }

    private static void Failures(StringBuilder text, IReadOnlyList<SummaryFailure> failures) => Table(
        text, "Failures", ["where", "reason", "-count", "for example"], failures.Select(f => new[]
        {
            MarkdownText.Code(f.Where),
            MarkdownText.Code(f.Reason),
            Humanize.Count(f.Count),
            MarkdownText.Code(f.Sample),
        }));

    private static void Counts(StringBuilder text, string title, string noun, IReadOnlyDictionary<string, long> counts, double seconds)
    {
        string[] columns = seconds > 0 ? [noun, "-count", "-per second"] : [noun, "-count"];
        Table(text, title, columns, counts.Select(c => seconds > 0
            ? new[] { MarkdownText.Code(c.Key), Humanize.Count(c.Value), Humanize.Rate(c.Value / seconds) }
            : [MarkdownText.Code(c.Key), Humanize.Count(c.Value)]));
    }

    /// <param name="columns">A leading '-' aligns to the right.</param>
    private static void Table(StringBuilder text, string title, string[] columns, IEnumerable<string[]> rows)
    {
        var lines = rows.ToList();
        if (lines.Count == 0)
        {
            return;
        }

        text.Append($"\n## {title}\n\n");
        Row(text, columns.Select(c => c.TrimStart('-')));
        Row(text, columns.Select(c => c.StartsWith('-') ? "---:" : "---"));
        foreach (var line in lines)
        {
            Row(text, line);
        }
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static string StatusWord(RunStatus status) => status switch
    {
        RunStatus.Passed => "✅ passed",
        RunStatus.ThresholdsCrossed => "❌ thresholds crossed",
        RunStatus.Failed => "❌ failed",
        _ => "⚠️ interrupted",
    };
}
