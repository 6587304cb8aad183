using ActorLoad.Host.Reports;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Host.Reports.Terminal;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Tests.Reports;

/// <summary>The section on finite streams, in the terminal, in markdown and in the summary.</summary>
public sealed class FiniteStreamSectionTests
{
    [Fact]
    public void It_tells_how_fast_the_streams_were()
    {
        var summary = Sample();
        var finite = summary.UserTypes["asker"].FiniteStreams!;

        // 410 events, 10 of them markers, in 12 s; other streams do not count.
        Assert.Equal((12, 10, 33.333), (finite.Opened, finite.Completed, finite.EventsPerSecond));
        Assert.Equal(50, finite.EventsPerSecondP50!.Value, 0.1);
        Assert.Equal(20, finite.EventsPerSecondMin!.Value, 0.1);
        Assert.Null(summary.UserTypes["reader"].FiniteStreams);

        var table = new StringWriter();
        SummaryTable.Write(table, false, summary, null);
        foreach (var line in new[]
        {
            "\nfinite streams ",
            "\nasker           completed of those opened        10 of 12\n",
            "\n                time to first event (token)            10   200ms   200ms   200ms\n",
            "\n                gap between events                    390  20.0ms  20.0ms  20.0ms\n",
            "\n                time to done                           10   1.00s   1.00s   1.00s\n",
            "\n                events per second, each stream         10      50      20      20\n",
            "\n                events per second, all together      33.3\n",
        })
        {
            Assert.Contains(line, table.ToString(), StringComparison.Ordinal);
        }

        var markdown = MarkdownReport.Render(summary);
        Assert.Contains("\n## Finite streams\n", markdown, StringComparison.Ordinal);
        Assert.Contains("| `asker` | completed of those opened | 10 of 12 |  |  |  |", markdown, StringComparison.Ordinal);
        Assert.Contains("| `asker` | events per second, each stream | 10 | 50 | 20 | 20 |", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_finite_streams_there_is_no_section()
    {
        var summary = SummaryBuilder.Build(SampleRun.Outcome(SampleRun.Totals()), SampleRun.Scenario());
        var table = new StringWriter();
        SummaryTable.Write(table, false, summary, null);
        Assert.DoesNotContain("finite streams", table.ToString() + MarkdownReport.Render(summary), StringComparison.OrdinalIgnoreCase);
    }

    private static Summary Sample()
    {
        var streams = new StreamStats[]
        {
            new("answer", Counters((Counter.StreamsCompleted, 10), (Counter.StreamsOpened, 12), (Counter.Events, 410))),
            new("endless", Counters((Counter.StreamsOpened, 5), (Counter.Events, 1000))),
        };
        var totals = new StatsTotals();
        totals.Add(new StatsWindow(
            WindowBuilder.Run,
            new Messages.Identifiers.WorkerId("w"),
            0,
            0,
            1000,
            new long[MetricNames.Gauges.Count],
            new long[MetricNames.Gauges.Count],
            [
                new UserTypeStats("asker", Counters((Counter.UsersStarted, 5)), [
                    Time(Timing.TimeToFirstEvent, Enumerable.Repeat(200_000L, 10)),
                    Time(Timing.EventGap, Enumerable.Repeat(20_000L, 390)),
                    Time(Timing.TimeToDone, Enumerable.Repeat(1_000_000L, 10)),
                    Time(Timing.TimePerEvent, [.. Enumerable.Repeat(20_000L, 9), 50_000L]),
                ], []) { Streams = streams },
                new UserTypeStats("reader", Counters((Counter.UsersStarted, 5)), [], []) { Streams = [streams[1]] },
            ],
            [],
            []));
        return SummaryBuilder.Build(SampleRun.Outcome(totals), SampleRun.Scenario());
    }

    private static long[] Counters(params (Counter Counter, long Count)[] counts)
    {
        var counters = new long[MetricNames.Counters.Count];
        foreach (var (counter, count) in counts)
        {
            counters[(int)counter] = count;
        }

        return counters;
    }

    private static EncodedTiming Time(Timing timing, IEnumerable<long> microseconds)
    {
        var histogram = HistogramCodec.Create();
        foreach (var value in microseconds)
        {
            histogram.RecordValue(value);
        }

        return new EncodedTiming(timing, HistogramCodec.Encode(histogram));
    }
}
