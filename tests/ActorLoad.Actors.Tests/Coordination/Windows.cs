using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Stats;
using HdrHistogram;

namespace ActorLoad.Actors.Tests.Coordination;

/// <summary>Windows of one user type, each with numbers of its own, so that a sum tells which of them are in it.</summary>
internal static class Windows
{
    public static StatsWindow Create(RunId run, WorkerId worker, int number, long events = 1, long level = 0, bool timings = false)
    {
        var counters = new long[MetricNames.Counters.Count];
        counters[(int)Counter.Events] = events;
        counters[(int)Counter.Bytes] = events * 10;
        return new StatsWindow(
            run,
            worker,
            number,
            1_000_000 + (1000L * number),
            1000,
            [level, 2 * level],
            [level + 1, 2 * level],
            [new UserTypeStats("reader", counters, timings ? [Gaps(events)] : [], [new TaskStats("read", events, 1, 0, [])])],
            [new NamedCount("tick", events)],
            [new FailureCount(FailureWhere.Connect, FailureReason.Status, events, "text")]);
    }

    /// <summary>A window that breaks whoever merges it. None can come over the wire: names are never null there.</summary>
    public static StatsWindow Breaking(RunId run, WorkerId worker, int number) =>
        Create(run, worker, number) with { Events = [new NamedCount(null!, 1)] };

    /// <summary>A window that no coordinator can merge, and knows it.</summary>
    public static StatsWindow Senseless(RunId run, WorkerId worker, int number) =>
        Create(run, worker, number) with
        {
            UserTypes = [new UserTypeStats("reader", [], [new EncodedTiming(Timing.EventGap, [1, 2, 3])], [])],
        };

    private static EncodedTiming Gaps(long events)
    {
        LongHistogram histogram = HistogramCodec.Create();
        histogram.RecordValueWithCount(100, events);
        return new EncodedTiming(Timing.EventGap, HistogramCodec.Encode(histogram));
    }
}
