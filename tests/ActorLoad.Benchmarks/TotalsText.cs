using System.Globalization;
using System.Text;
using ActorLoad.Messages.Stats;
using HdrHistogram;

namespace ActorLoad.Benchmarks;

/// <summary>Totals as text: two that differ in any count, bucket or percentile are different texts.</summary>
internal static class TotalsText
{
    private static readonly double[] Percentiles = [0, 50, 90, 95, 99, 99.9, 100];

    public static string Of(StatsTotals totals)
    {
        var text = new StringBuilder();
        Add(text, "all", totals.Counters, totals.Timings);
        foreach (var (name, type) in totals.UserTypes)
        {
            Add(text, name, type.Counters, type.Timings);
            foreach (var (stream, counters) in type.Streams)
            {
                Add(text, $"{name}.{stream}", counters, new Dictionary<Timing, LongHistogram>());
            }

            foreach (var (task, sums) in type.Tasks)
            {
                Add(text, $"{name}.{task}", [sums.Passed, sums.Failed, sums.Interrupted], sums.Timings);
            }
        }

        foreach (var (name, count) in totals.Events)
        {
            Line(text, $"event {name} {count}");
        }

        foreach (var failure in totals.Failures.Values.OrderBy(f => f.Where).ThenBy(f => f.Reason))
        {
            Line(text, $"failure {failure.Where} {failure.Reason} {failure.Count}");
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, string what, IReadOnlyList<long> counters, IReadOnlyDictionary<Timing, LongHistogram> timings)
    {
        Line(text, $"{what} {string.Join(' ', counters)}");
        foreach (var (timing, histogram) in timings.OrderBy(t => t.Key))
        {
            Line(text, $"{what} {timing} {string.Join(' ', Percentiles.Select(p => TimingMath.Percentile(histogram, p).ToString("R", CultureInfo.InvariantCulture)))}");
            Line(text, $"{what} {timing} {string.Join(' ', histogram.RecordedValues().Select(v => $"{v.ValueIteratedTo}:{v.CountAtValueIteratedTo}"))}");
        }
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
