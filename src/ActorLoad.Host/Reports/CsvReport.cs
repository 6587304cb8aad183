using System.Globalization;
using ActorLoad.Actors.Verdicts;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Messages.Stats;
using CsvHelper;

namespace ActorLoad.Host.Reports;

/// <summary>
/// A summary as CSV (RFC 4180, comma, header line): a row for each metric of the run, of each user type, stream name and task. What
/// a metric does not have is empty.
/// </summary>
public static class CsvReport
{
    // Names come from scenarios; a spreadsheet must not take one for a formula.
    private static readonly CsvWriterOptions Options = CsvWriterOptions.Default with { Injection = CsvInjection.Escape };

    public static string Render(Summary summary)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, Options))
        {
            csv.WriteRecords(Rows(summary));
        }

        return text.ToString();
    }

    private static IEnumerable<MetricRow> Rows(Summary summary)
    {
        var seconds = summary.Run.DurationSeconds;
        var gauges = summary.GaugesMax.Select(g => new MetricRow { Scope = "", Metric = g.Key, Kind = "gauge", Max = g.Value });
        var types = summary.UserTypes.SelectMany(type =>
        {
            var scope = $"users.{type.Key}";
            var streams = type.Value.Streams.SelectMany(s => Counters($"{scope}.streams.{s.Key}", s.Value, seconds));
            var tasks = type.Value.Tasks.SelectMany(t => Task($"{scope}.tasks.{t.Key}", t.Value, seconds));
            return Counters(scope, type.Value.Counters, seconds).Concat(Timings(scope, type.Value.Timings, seconds)).Concat(streams).Concat(tasks);
        });
        return Counters("", summary.Counters, seconds).Concat(gauges).Concat(Timings("", summary.Timings, seconds)).Concat(types);
    }

    private static IEnumerable<MetricRow> Task(string scope, SummaryTask task, double seconds) => Counters(
        scope,
        new Dictionary<string, long>
        {
            [Counter.TasksPassed.Name()] = task.Passed,
            [Counter.TasksFailed.Name()] = task.Failed,
            [Counter.TasksInterrupted.Name()] = task.Interrupted,
        },
        seconds).Concat(Timings(scope, task.Timings, seconds));

    private static IEnumerable<MetricRow> Counters(string scope, IReadOnlyDictionary<string, long> counters, double seconds) =>
        counters.Select(c => new MetricRow
        {
            Scope = scope,
            Metric = c.Key,
            Kind = "counter",
            Count = c.Value,
            PerSecond = PerSecond(c.Value, seconds),
            Rate = Rate(c.Key, c.Value, counters),
        });

    private static IEnumerable<MetricRow> Timings(string scope, IReadOnlyDictionary<string, SummaryTiming> timings, double seconds) =>
        timings.Select(t => new MetricRow
        {
            Scope = scope,
            Metric = t.Key,
            Kind = "timing",
            Unit = t.Value.Unit,
            Count = t.Value.Count,
            PerSecond = PerSecond(t.Value.Count, seconds),
            Min = t.Value.Min,
            Mean = t.Value.Mean,
            P50 = t.Value.P50,
            P90 = t.Value.P90,
            P95 = t.Value.P95,
            P99 = t.Value.P99,
            P999 = t.Value.P999,
            Max = t.Value.Max,
        });

    private static double? PerSecond(long count, double seconds) => seconds > 0 ? Math.Round(count / seconds, 3) : null;

    private static double? Rate(string name, long count, IReadOnlyDictionary<string, long> counters)
    {
        var total = MetricNames.TryParse(name, out Counter counter)
            ? RateBase.Of(counter).Sum(c => (double)counters.GetValueOrDefault(c.Name()))
            : 0;
        return total > 0 ? Math.Round(count / total, 6) : null;
    }
}
