using System.Globalization;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Host.Reports.Wording;
using Spectre.Console;

namespace ActorLoad.Host.Reports.Terminal;

/// <summary>What sequence numbers told, stream by stream, and a few examples.</summary>
internal static class IntegritySection
{
    private const int MaxSamplesPerKind = 3;

    public static Table? Streams(Summary summary)
    {
        var table = SummarySections.Plain(
            SummarySections.Wrapping(),
            SummarySections.Right("sequenced"),
            SummarySections.Right("missed"),
            SummarySections.Right("duplicated"),
            SummarySections.Right("reordered"));
        table.Columns[0].Header = SummarySections.Cell("integrity", Styles.Strong);
        foreach (var row in IntegrityRow.Of(summary))
        {
            table.AddRow(
                SummarySections.Cell($"{SafeText.Clean(row.UserType, 30)} / {SafeText.Clean(row.Stream, 40)}"),
                SummarySections.Cell(Humanize.Count(row.Sequenced)),
                Bad(row.Missed),
                Bad(row.Duplicated),
                Bad(row.Reordered));
        }

        return table.Rows.Count == 0 ? null : table;
    }

    public static Table? Samples(Summary summary)
    {
        var table = SummarySections.Plain(SummarySections.Left(), SummarySections.Right("number"), SummarySections.Wrapping("of"), SummarySections.Left("at"));
        table.Columns[0].Header = SummarySections.Cell("for example", Styles.Strong);
        foreach (var sample in summary.Integrity.Samples.GroupBy(s => s.Kind).SelectMany(kind => kind.Take(MaxSamplesPerKind)))
        {
            var key = sample.Key is { } k ? $", key {SafeText.Clean(k, 30)}" : "";
            table.AddRow(
                SummarySections.Cell(sample.Kind.ToString().ToLowerInvariant()),
                SummarySections.Cell(sample.Number.ToString(CultureInfo.InvariantCulture)),
                SummarySections.Cell($"user {sample.User} ({SafeText.Clean(sample.UserType, 30)} / {SafeText.Clean(sample.Stream, 40)}{key})"),
                SummarySections.Cell(sample.At.UtcDateTime.ToString("HH:mm:ss.fff 'UTC'", CultureInfo.InvariantCulture)));
        }

        return table.Rows.Count == 0 ? null : table;
    }

    private static Text Bad(long count) => SummarySections.Cell(Humanize.Count(count), count > 0 ? Styles.Bad : Style.Plain);
}
