using ActorLoad.Host.Reports.Model;
using ActorLoad.Host.Reports.Wording;
using ActorLoad.Host.Reports.Verdicts;
using ActorLoad.Messages.Stats;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ActorLoad.Host.Reports.Terminal;

/// <summary>The tables of <see cref="SummaryTable"/>. A section without content is null.</summary>
internal static class SummarySections
{
    private const int MaxEventNames = 10;
    private const int MaxFailures = 15;

    public static string Word(RunStatus status) => status == RunStatus.ThresholdsCrossed ? "thresholds crossed" : status.ToString();

    public static Table Facts(Summary summary)
    {
        var (run, counters) = (summary.Run, summary.Counters);
        var table = Plain(Left(), Wrapping());
        Fact("run", $"{run.Id}   {Humanize.Milliseconds(run.DurationSeconds * 1000)}" +
            (run.Nodes.Count == 0 ? "" : $"   {Humanize.Plural(run.Nodes.Count, "node")}: {string.Join(", ", run.Nodes)}"));
        Fact("users", Counts(
            (Get(Counter.UsersStarted), "started"),
            (Get(Counter.UsersFinished), "finished"),
            (Get(Counter.UsersCrashed), "crashed"),
            (Max(Gauge.UsersActive), "at peak")));
        Fact("streams", Counts(
            (Get(Counter.ConnectsAttempted), "connects attempted"),
            (Get(Counter.ConnectsOpened), "opened"),
            (Get(Counter.ConnectsFailed), "failed"),
            (Max(Gauge.StreamsOpen), "at peak")));
        Fact("", Counts(
            (Get(Counter.Disconnects), "disconnects"),
            (Get(Counter.Reconnects), "reconnects"),
            (Get(Counter.StreamsStalled), "stalled")));
        var perSecond = run.DurationSeconds > 0 ? $" ({Humanize.Rate(Get(Counter.Events) / run.DurationSeconds)}/s)" : "";
        Fact("events", $"{Humanize.Count(Get(Counter.Events))}{perSecond}   {Humanize.Plural(Get(Counter.Comments), "comment")}   " +
            Humanize.Bytes(Get(Counter.Bytes)));
        if (summary.Events.Count > 0)
        {
            Fact("", EventNames(summary.Events));
        }

        if (Get(Counter.EventsMissed) + Get(Counter.EventsDuplicated) + Get(Counter.EventsReordered) > 0)
        {
            Fact("", Counts(
                (Get(Counter.EventsMissed), "missed"),
                (Get(Counter.EventsDuplicated), "duplicated"),
                (Get(Counter.EventsReordered), "reordered")));
        }

        if (Get(Counter.Requests) > 0)
        {
            Fact("requests", Counts((Get(Counter.Requests), "sent"), (Get(Counter.RequestsFailed), "failed")));
        }

        if (Get(Counter.ArrivalsDropped) > 0)
        {
            Fact("arrivals", Counts((Get(Counter.UsersStarted), "started"), (Get(Counter.ArrivalsDropped), "dropped")));
        }

        if (Get(Counter.StreamsAbandoned) > 0)
        {
            Fact("abandoned", Counts((Get(Counter.StreamsAbandoned), "streams, their sockets open until the end")));
        }

        if (GeneratorText.Of(summary.Generator.Values) is { } generator)
        {
            Fact("generator", generator);
        }

        return table;

        long Get(Counter counter) => counters.GetValueOrDefault(counter.Name());
        long Max(Gauge gauge) => summary.GaugesMax.GetValueOrDefault(gauge.Name());
        void Fact(string label, string text) => table.AddRow(Cell(label, Styles.Strong), Cell(text));
    }

    public static Table? Tasks(Summary summary)
    {
        var table = Plain(Wrapping(), Right("passed"), Right("failed"), Right("interrupted"), Right("p50"), Right("p99"));
        table.Columns[0].Header = Cell("tasks", Styles.Strong);
        foreach (var (type, totals) in summary.UserTypes)
        {
            foreach (var (task, result) in totals.Tasks)
            {
                var time = result.Timings.GetValueOrDefault(Timing.TaskTime.Name());
                table.AddRow(
                    Cell($"{SafeText.Clean(type, 30)} / {SafeText.Clean(task, 40)}"),
                    Cell(Humanize.Count(result.Passed)),
                    Cell(Humanize.Count(result.Failed), result.Failed > 0 ? Styles.Bad : Style.Plain),
                    Cell(Humanize.Count(result.Interrupted)),
                    Cell(time is null ? "-" : Humanize.Milliseconds(time.P50)),
                    Cell(time is null ? "-" : Humanize.Milliseconds(time.P99)));
            }
        }

        return table.Rows.Count == 0 ? null : table;
    }

    /// <param name="width">How many columns the terminal has; a narrow one gets fewer of the numbers instead of broken ones.</param>
    public static Table? Timings(Summary summary, int width)
    {
        (string Name, Func<SummaryTiming, double> Value, int From)[] numbers =
        [
            ("min", t => t.Min, 92),
            ("mean", t => t.Mean, 80),
            ("p50", t => t.P50, 0),
            ("p90", t => t.P90, 92),
            ("p95", t => t.P95, 80),
            ("p99", t => t.P99, 0),
            ("p99.9", t => t.P999, 92),
            ("max", t => t.Max, 0),
        ];
        var shown = numbers.Where(n => width >= n.From).ToArray();
        var table = Plain([Left(), Right("count"), .. shown.Select(n => Right(n.Name))]);
        table.Columns[0].Header = Cell("timings", Styles.Strong);
        foreach (var (name, timing) in summary.Timings)
        {
            table.AddRow(
                [Cell(name), Cell(Humanize.Count(timing.Count)), .. shown.Select(n => Cell(Humanize.Milliseconds(n.Value(timing))))]);
        }

        return summary.Timings.Count == 0 ? null : table;
    }

    public static Table? FiniteStreams(Summary summary)
    {
        var table = Plain(Wrapping(), Wrapping(), Right("count"), Right("p50"), Right("p99"), Right("worst"));
        table.Columns[0].Header = Cell("finite streams", Styles.Strong);
        var previous = "";
        foreach (var row in FiniteStreamRows.Of(summary))
        {
            table.AddRow([Cell(row[0] == previous ? "" : SafeText.Clean(row[0], 30)), .. row[1..].Select(c => Cell(c))]);
            previous = row[0];
        }

        return table.Rows.Count == 0 ? null : table;
    }

    /// <summary>What the timings do not say by themselves.</summary>
    public static Table? Notes(Summary summary)
    {
        var notes = DeliveryNotes.Of(summary);
        var table = Plain(Left(), Wrapping());
        foreach (var note in notes)
        {
            table.AddRow(Cell(table.Rows.Count == 0 ? "notes" : "", Styles.Strong), Cell(note));
        }

        return notes.Count == 0 ? null : table;
    }

    public static Table? Failures(Summary summary)
    {
        var table = Plain(Left(), Left("reason"), Right("count"), Wrapping("for example"));
        table.Columns[0].Header = Cell("failures", Styles.Strong);
        foreach (var failure in summary.Failures.Take(MaxFailures))
        {
            table.AddRow(
                Cell(SafeText.Clean(failure.Where, 20)),
                Cell(SafeText.Clean(failure.Reason, 30), failure.Where == "disconnect" ? Style.Plain : Styles.Bad),
                Cell(Humanize.Count(failure.Count)),
                Cell(SafeText.Clean(failure.Sample, SafeText.MaxSample)));
        }

        if (summary.Failures.Count > MaxFailures)
        {
            table.AddRow(Cell($"and {summary.Failures.Count - MaxFailures} kinds more"));
        }

        return table.Rows.Count == 0 ? null : table;
    }

    public static Table? Thresholds(Summary summary)
    {
        var table = Plain(Left(), Wrapping("metric"), Left("demand"), Wrapping("value"));
        table.Columns[0].Header = Cell("thresholds", Styles.Strong);
        foreach (var threshold in summary.Thresholds)
        {
            table.AddRow(
                threshold.Passed ? Cell("✓ held", Styles.Good) : Cell("✗ crossed", Styles.Bad),
                Cell(SafeText.Clean(threshold.Name, SafeText.MaxEventName)),
                Cell(threshold.Expression),
                Cell(threshold.Shown));
        }

        return table.Rows.Count == 0 ? null : table;
    }

    private static string EventNames(IReadOnlyDictionary<string, long> events)
    {
        var top = events.OrderByDescending(e => e.Value).Take(MaxEventNames).Select(e => $"{SafeText.Clean(e.Key, 30)} {Humanize.Count(e.Value)}");
        var more = events.Count > MaxEventNames ? $"   and {events.Count - MaxEventNames} names more" : "";
        return string.Join("   ", top) + more;
    }

    private static string Counts(params (long Count, string What)[] parts) =>
        string.Join("   ", parts.Select(p => $"{Humanize.Count(p.Count)} {p.What}"));

    internal static Table Plain(params TableColumn[] columns) =>
        new Table { Border = TableBorder.None, ShowHeaders = columns.Any(c => c.Header is not Text { Length: 0 }) }.AddColumns(columns);

    internal static TableColumn Left(string header = "") => Wrapping(header).NoWrap();

    internal static TableColumn Right(string header) => Left(header).RightAligned();

    // Names have any length, and numbers must not break: of what does not fit, columns that wrap give way first.
    internal static TableColumn Wrapping(string header = "") => new TableColumn(Cell(header, Styles.Dim)).Padding(0, 0, 2, 0);

    // Text, not markup: what a target or a scenario wrote is never interpreted.
    internal static Text Cell(string text, Style? style = null) => new(text, style);
}
