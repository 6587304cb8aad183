using ActorLoad.Actors.Coordination;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Stats;
using HdrHistogram;

namespace ActorLoad.Actors.Tests.Coordination;

public sealed class WindowCheckTests
{
    private static readonly StatsWindow Sound = Windows.Create(new RunId("run"), new WorkerId("a"), 3, events: 5, timings: true) with
    {
        Health = new GeneratorHealth(1, 0.5, 0, 3, 0, 2, 0),
        Clock = new ClockEstimate(-3, 1, 2, 5),
        Storms = [Storm()],
        Fanout = [new FanoutSpan(7, 1, 2, 3)],
    };

    public static TheoryData<string, StatsWindow> SenselessWindows() => new()
    {
        { "length", Sound with { LengthMs = -1 } },
        { "before all time", Sound with { StartUnixMs = -1 } },
        { "no moment", Sound with { StartUnixMs = long.MaxValue } },
        { "levels", Sound with { GaugesMax = [] } },
        { "counter", Sound with { UserTypes = [Sound.UserTypes[0] with { Counters = [1, -1] }] } },
        { "stream counter", Sound with { UserTypes = [Sound.UserTypes[0] with { Streams = [new StreamStats("main", [-1])] }] } },
        { "task", Sound with { UserTypes = [Sound.UserTypes[0] with { Tasks = [new TaskStats("read", 0, -1, 0, [])] }] } },
        { "events", Sound with { Events = [new NamedCount("tick", -1)] } },
        { "failures", Sound with { Failures = [Sound.Failures[0] with { Count = -1 }] } },
        { "fan-out", Sound with { Fanout = [new FanoutSpan(7, 1, 2, -3)] } },
        { "lag", Sound with { Health = Sound.Health! with { LagMsMax = double.NaN } } },
        { "arrivals", Sound with { Health = Sound.Health! with { ArrivalsDropped = -1 } } },
        { "clock", Sound with { Clock = Sound.Clock! with { OffsetMs = double.NegativeInfinity } } },
        { "storm's start", Sound with { Storms = [Storm() with { StartUnixMs = long.MinValue }] } },
        { "storm's streams", Sound with { Storms = [Storm() with { Dropped = -1 }] } },
        { "storm's histogram", Sound with { Storms = [Storm() with { Back = [1, 2, 3] }] } },
        { "storm's attempts", Sound with { Storms = [Storm() with { Attempts = [] }] } },
        { "histogram", Windows.Senseless(new RunId("run"), new WorkerId("a"), 3) },
        { "task's histogram", Sound with { UserTypes = [Sound.UserTypes[0] with { Tasks = [new TaskStats("read", 1, 0, 0, [new EncodedTiming(Timing.TaskTime, [9])])] }] } },
        { "histogram counts", Sound with { UserTypes = [Sound.UserTypes[0] with { Timings = [new EncodedTiming(Timing.EventGap, Histogram(2_000_000_000_000))] }] } },
    };

    [Fact]
    public void A_window_as_workers_make_them_is_sound() => Assert.Null(WindowCheck.Problem(Sound));

    [Theory]
    [MemberData(nameof(SenselessWindows))]
    public void A_window_that_cannot_be_merged_or_reported_is_named(string what, StatsWindow window) =>
        Assert.False(string.IsNullOrEmpty(WindowCheck.Problem(window)), what);

    private static StormStats Storm() => new(StormCause.Server, 0, 1_000_000, 10, 5, Histogram(5), Histogram(7), 0, 0, 0);

    private static byte[] Histogram(long count)
    {
        LongHistogram histogram = HistogramCodec.Create();
        histogram.RecordValueWithCount(100, count);
        return HistogramCodec.Encode(histogram);
    }
}
