using ActorLoad.Actors.Measurement;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Tests.Measurement;

public sealed class WorkerRecorderTests
{
    private static readonly RunId Run = new("run");
    private static readonly WorkerId Worker = new("w");

    private readonly WorkerRecorder _recorder = new(
    [
        new UserType { Name = "a", Tasks = [new TaskDefinition("one", 1, []), new TaskDefinition("two", 1, [])] },
        new UserType { Name = "b", Tasks = [new TaskDefinition("one", 1, [])] },
    ]);

    private int _number;

    [Fact]
    public void What_users_of_two_types_record_is_what_the_windows_hold_together()
    {
        const int each = 20_000;
        var totals = new StatsTotals();
        Threads.Run(
            thread =>
            {
                var type = _recorder.UserTypes[thread % 2];
                var task = type.Tasks[^1];
                for (var i = 0; i < each; i++)
                {
                    type.Count(Counter.TasksPassed);
                    task.Passed(Measured.At(1) - Measured.At(0));
                    task.Failed(Measured.At(1) - Measured.At(0));
                    task.Interrupted();
                    type.Record(Timing.RequestTime, Measured.At(2) - Measured.At(0));
                }
            },
            () => totals.Add(Take()));

        const int perType = Threads.Count / 2 * each;
        Assert.Equal(2 * perType, totals[Counter.TasksPassed]);
        Assert.Equal(4 * perType, totals.Timings[Timing.TaskTime].TotalCount);
        Assert.Equal(2 * perType, totals.Timings[Timing.RequestTime].TotalCount);
        Assert.Equal(["two"], totals.UserTypes["a"].Tasks.Keys);
        Assert.Equal(["one"], totals.UserTypes["b"].Tasks.Keys);
        Assert.All(totals.UserTypes.Values, type =>
        {
            var task = Assert.Single(type.Tasks.Values);
            Assert.Equal((perType, perType, perType), (task.Passed, task.Failed, task.Interrupted));
            Assert.Equal(2 * perType, task.Timings[Timing.TaskTime].TotalCount);
            Assert.Equal(2 * perType, type.Timings[Timing.TaskTime].TotalCount);
            Assert.Equal(perType, type[Counter.TasksPassed]);
        });
    }

    [Fact]
    public void A_window_carries_its_name_its_time_and_its_levels()
    {
        _recorder[Gauge.UsersActive].Increment();
        _recorder[Gauge.StreamsOpen].Increment();
        _recorder[Gauge.StreamsOpen].Decrement();
        var window = Take();

        Assert.Equal((Run, Worker, 0), (window.Run, window.Worker, window.Number));
        Assert.Equal((5000, 900), (window.StartUnixMs, window.LengthMs));
        Assert.Equal([1, 0], window.Gauges);
        Assert.Equal([1, 1], window.GaugesMax);
        Assert.All(window.UserTypes, t =>
        {
            Assert.All(t.Counters, c => Assert.Equal(0, c));
            Assert.Empty(t.Timings);
            Assert.Empty(t.Tasks);
        });
        Assert.Empty(window.Events);
        Assert.Empty(window.Failures);
        Assert.Equal([1, 0], Take().GaugesMax);
    }

    private StatsWindow Take() => _recorder.TakeWindow(
        Run, Worker, _number++, DateTimeOffset.FromUnixTimeMilliseconds(5000), TimeSpan.FromMilliseconds(900));
}
