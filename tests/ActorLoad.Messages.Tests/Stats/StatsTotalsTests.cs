using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Stats;
using CsCheck;

namespace ActorLoad.Messages.Tests.Stats;

public sealed class StatsTotalsTests
{
    private static readonly string[] Types = ["reader", "writer"];
    private static readonly string[] Names = ["read", "write", "look"];

    private static readonly Gen<EncodedTiming[]> Timings = Gen.Select(
        Gen.Int[0, Enum.GetValues<Timing>().Length - 1],
        Gen.Long[1, 5_000_000].Array[1, 5],
        (timing, values) => Encoded((Timing)timing, values)).Array[0, 3].Select(t => t.DistinctBy(e => e.Timing).ToArray());

    private static readonly Gen<TaskStats> Tasks = Gen.Select(
        Gen.Int[0, 2],
        Gen.Long[0, 9],
        Gen.Long[0, 9],
        Gen.Long[0, 9],
        Timings,
        (name, passed, failed, interrupted, timings) => new TaskStats(Names[name], passed, failed, interrupted, timings));

    private static readonly Gen<UserTypeStats> UserTypes = Gen.Select(
        Gen.Int[0, 1],
        Gen.Long[0, 1000].Array[MetricNames.Counters.Count],
        Timings,
        Tasks.Array[0, 2],
        (type, counters, timings, tasks) => new UserTypeStats(Types[type], counters, timings, tasks));

    private static readonly Gen<StatsWindow> Windows = Gen.Select(
        UserTypes.Array[0, 2],
        Gen.Select(Gen.Int[0, 2], Gen.Long[1, 99], (n, c) => new NamedCount(Names[n], c)).Array[0, 3],
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 3], Gen.Long[1, 9], (w, r, c) => new FailureCount((FailureWhere)w, (FailureReason)r, c, "sample")).Array[0, 3],
        (types, events, failures) => Window(types, events, failures));

    [Fact]
    public void Sums_do_not_depend_on_how_windows_are_grouped() => Gen.Select(Windows.Array[0, 8], Gen.Int[0, 8]).Sample((windows, cut) =>
    {
        var all = Sum(windows);
        var left = Sum(windows.Take(cut));
        left.Add(Sum(windows.Skip(cut)));
        Assert.Equal(Text(all), Text(left));
        Assert.Equal(Text(all), Text(Sum(windows.Reverse())));
    }, iter: 60);

    [Fact]
    public void Counters_and_timings_of_a_window_go_to_its_user_type_its_task_and_the_whole()
    {
        var counters = new long[MetricNames.Counters.Count];
        counters[(int)Counter.Events] = 5;
        var task = new TaskStats("read", 3, 2, 1, [Encoded(Timing.TaskTime, 40)]);
        var totals = Sum(
        [
            Window([new UserTypeStats("reader", counters, [Encoded(Timing.TimeToFirstEvent, 10, 20)], [task])], [], []),
            Window([new UserTypeStats("writer", counters, [Encoded(Timing.TimeToFirstEvent, 30)], [])], [], []),
        ]);
        Assert.Equal((10, 5, 5), (totals[Counter.Events], totals.UserTypes["reader"][Counter.Events], totals.UserTypes["writer"][Counter.Events]));
        Assert.Equal((3, 2), (totals.Timings[Timing.TimeToFirstEvent].TotalCount, totals.UserTypes["reader"].Timings[Timing.TimeToFirstEvent].TotalCount));
        Assert.Equal(30, totals.Timings[Timing.TimeToFirstEvent].GetValueAtPercentile(100));
        var read = totals.UserTypes["reader"].Tasks["read"];
        Assert.Equal((3, 2, 1, 1), (read.Passed, read.Failed, read.Interrupted, read.Timings[Timing.TaskTime].TotalCount));
    }

    [Fact]
    public void Failures_of_one_kind_are_added_up_and_keep_the_first_sample()
    {
        var totals = Sum(
        [
            Window([], [], [new FailureCount(FailureWhere.Connect, FailureReason.Status, 2, "first")]),
            Window([], [], [new FailureCount(FailureWhere.Connect, FailureReason.Status, 3, "second")]),
            Window([], [], [new FailureCount(FailureWhere.Task, FailureReason.Status, 1, "other")]),
        ]);
        Assert.Equal(2, totals.Failures.Count);
        Assert.Equal(
            new FailureCount(FailureWhere.Connect, FailureReason.Status, 5, "first"),
            totals.Failures[(FailureWhere.Connect, FailureReason.Status)]);
    }

    [Fact]
    public void Levels_are_replaced_and_highest_levels_only_rise()
    {
        var totals = new StatsTotals();
        totals.AddGauges([5, 7], [6, 8]);
        totals.AddGauges([1, 2], [3, 9]);
        Assert.Equal([1, 2], totals.Gauges);
        Assert.Equal([6, 9], totals.GaugesMax);
    }

    [Fact]
    public void A_window_of_an_older_worker_with_fewer_counters_is_added()
    {
        var totals = Sum([Window([new UserTypeStats("reader", [4], [], [])], [], [])]);
        Assert.Equal(4, totals[Counter.UsersStarted]);
    }

    [Fact]
    public void Health_is_kept_by_worker_at_its_worst_and_dropped_arrivals_add_up()
    {
        var a = new GeneratorHealth(5, 0.5, 0.1, 9, 1, 7, 2);
        var b = new GeneratorHealth(3, 0.9, 0, 20, 0, 8, 3);
        StatsWindow[] windows =
        [
            Window([], [], []) with { Health = a },
            Window([], [], []) with { Health = b },
            Window([], [], []) with { Worker = new WorkerId("v"), Health = b },
            Window([], [], []),
        ];
        var left = Sum(windows[..1]);
        left.Add(Sum(windows[1..]));
        foreach (var totals in new[] { Sum(windows), left })
        {
            Assert.Equal(["v", "w"], totals.Health.Keys);
            Assert.Equal(new GeneratorHealth(5, 0.9, 0.1, 20, 1, 8, 5), totals.Health["w"]);
            Assert.Equal(b, totals.Health["v"]);
        }
    }

    private static StatsTotals Sum(IEnumerable<StatsWindow> windows)
    {
        var totals = new StatsTotals();
        foreach (var window in windows)
        {
            totals.Add(window);
        }

        return totals;
    }

    private static StatsWindow Window(UserTypeStats[] types, NamedCount[] events, FailureCount[] failures) =>
        new(new RunId("r"), new WorkerId("w"), 0, 0, 1000, [0, 0], [0, 0], types, events, failures);

    private static EncodedTiming Encoded(Timing timing, params long[] values)
    {
        var histogram = HistogramCodec.Create();
        foreach (var value in values)
        {
            histogram.RecordValue(value);
        }

        return new EncodedTiming(timing, HistogramCodec.Encode(histogram));
    }

    private static string Text(StatsTotals totals)
    {
        var lines = new List<string> { string.Join(',', totals.Counters), string.Join(',', totals.Events) };
        lines.AddRange(totals.Failures.Values.Select(f => f.ToString()).Order(StringComparer.Ordinal));
        lines.AddRange(Text(totals.Timings));
        foreach (var (name, type) in totals.UserTypes)
        {
            lines.Add($"{name}: {string.Join(',', type.Counters)}");
            lines.AddRange(Text(type.Timings));
            foreach (var (task, t) in type.Tasks)
            {
                lines.Add($"{task}: {t.Passed} {t.Failed} {t.Interrupted}");
                lines.AddRange(Text(t.Timings));
            }
        }

        return string.Join('\n', lines);
    }

    private static IEnumerable<string> Text(Dictionary<Timing, HdrHistogram.LongHistogram> timings) =>
        timings.OrderBy(t => t.Key).Select(t => $"{t.Key} {Convert.ToHexString(HistogramCodec.Encode(t.Value))}");
}
