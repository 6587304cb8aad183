using ActorLoad.Actors.Measurement;
using ActorLoad.Actors.Stats;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using Akka.Actor;
using Akka.TestKit;

namespace ActorLoad.Actors.Tests.Stats;

public sealed class NodeStatsActorTests : VirtualTimeKit
{
    private static readonly RunId Run = new("run");
    private static readonly WorkerId Worker = new("w");

    private readonly WorkerRecorder _recorder = new([new UserType { Name = "reader", Tasks = [new TaskDefinition("read", 1, [])] }]);
    private readonly TestProbe _coordinator;
    private readonly TestProbe _parent;
    private readonly IActorRef _stats;

    public NodeStatsActorTests()
    {
        _coordinator = CreateTestProbe("coordinator");
        _parent = CreateTestProbe("parent");
        _stats = _parent.ChildActorOf(NodeStatsActor.Props(Run, Worker, _recorder, _coordinator, Time));
        _stats.Tell(new NodeStatsActor.Start(Start, Time.GetTimestamp(), 0));
        Settle(_stats);
    }

    [Fact]
    public void A_window_a_second_with_what_was_recorded_in_it()
    {
        for (var number = 0; number < 5; number++)
        {
            Record(number + 1);
            Pass(Seconds(0.999));
            _coordinator.ExpectNoMsg(TimeSpan.Zero);
            Pass(Seconds(0.001));
            var window = NextWindow();
            Assert.Equal((Run, Worker, number), (window.Run, window.Worker, window.Number));
            Assert.Equal(number + 1, Events(window));
            Assert.Equal(1000, window.LengthMs);
            Assert.Equal(Start.AddSeconds(number).ToUnixTimeMilliseconds(), window.StartUnixMs);
            Acknowledge(number);
        }
    }

    [Fact]
    public void A_window_carries_what_the_worker_saw_of_itself_and_an_empty_one_does_not()
    {
        _recorder.UserTypes[0].Count(Counter.ArrivalsDropped, 3);
        _recorder.ReadBacklog.Raise(System.Diagnostics.Stopwatch.Frequency / 20);
        Pass(Seconds(2.2));
        var health = NextWindow().Health!;
        Assert.Equal((50, 3), (health.ReadBacklogMsMax, health.ArrivalsDropped));
        Assert.InRange(health.CpuShare, 0, 1);
        Assert.Null(NextWindow().Health);
        Pass(Seconds(0.8));
        Assert.Equal(0, NextWindow().Health!.ArrivalsDropped);
    }

    [Fact]
    public void A_late_tick_closes_its_window_with_everything_and_those_it_slept_through_empty()
    {
        Record(7);
        Pass(Seconds(3.4));
        var late = Enumerable.Range(0, 3).Select(_ => NextWindow()).ToArray();
        Assert.Equal([0, 1, 2], late.Select(w => w.Number));
        Assert.Equal([7, 0, 0], late.Select(Events));
        Assert.Equal([3400, 0, 0], late.Select(w => w.LengthMs));

        Pass(Seconds(0.6));
        var next = NextWindow();
        Assert.Equal((3, 600), (next.Number, next.LengthMs));
        Assert.Equal(Start.AddMilliseconds(3400).ToUnixTimeMilliseconds(), next.StartUnixMs);
    }

    [Fact]
    public void What_is_not_acknowledged_within_two_seconds_is_sent_again_until_it_is()
    {
        Pass(Seconds(1));
        var first = NextWindow();
        Pass(Seconds(1));
        Assert.Equal(1, NextWindow().Number);
        Acknowledge(1);
        Pass(Seconds(1));
        Assert.Equal([2, 0], new[] { NextWindow().Number, NextWindow().Number });
        Acknowledge(2);
        Pass(Seconds(1));
        Assert.Equal(3, NextWindow().Number);
        Acknowledge(3);
        Pass(Seconds(1));
        Assert.Equal(4, NextWindow().Number);
        Assert.Same(first, NextWindow());
        Acknowledge(0);
        Acknowledge(4);
        Pass(Seconds(1));
        Pass(Seconds(1));
        Assert.Equal([5, 6], new[] { NextWindow().Number, NextWindow().Number });
        _coordinator.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void At_most_ten_are_sent_again_at_once_the_oldest_first()
    {
        Pass(Seconds(15));
        Assert.Equal(Enumerable.Range(0, 15), Enumerable.Range(0, 15).Select(_ => NextWindow().Number));
        Pass(Seconds(2));
        Assert.Equal([15, 16, .. Enumerable.Range(0, 10)], Enumerable.Range(0, 12).Select(_ => NextWindow().Number));
        _coordinator.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void An_acknowledgement_of_another_run_or_worker_means_nothing()
    {
        Finish();
        _stats.Tell(new WorkerProtocol.WindowAck(new RunId("other"), Worker, 0));
        _stats.Tell(new WorkerProtocol.WindowAck(Run, new WorkerId("other"), 0));
        _stats.Tell(new WorkerProtocol.WindowAck(Run, Worker, 9));
        Settle(_stats);
        _parent.ExpectNoMsg(TimeSpan.Zero);
        Assert.Equal(0, NextWindow().Number);
        Pass(Seconds(2));
        Assert.Equal(0, NextWindow().Number);
    }

    [Fact]
    public void Finish_closes_the_last_window_and_tells_its_number()
    {
        Pass(Seconds(1));
        Record(3);
        Pass(Seconds(0.25));
        _stats.Tell(NodeStatsActor.Finish.Instance);
        Assert.Equal(1, _parent.ExpectMsg<NodeStatsActor.Finished>().LastWindow);
        Assert.Equal(0, NextWindow().Number);
        var last = NextWindow();
        Assert.Equal((1, 250, 3L), (last.Number, last.LengthMs, Events(last)));
    }

    [Fact]
    public void A_finish_that_comes_late_leaves_the_windows_aligned_with_the_clock()
    {
        // The clock goes on while the tick is still on its way.
        Record(5);
        Time.Advance(Seconds(2.5));
        _stats.Tell(NodeStatsActor.Finish.Instance);
        Assert.Equal(2, _parent.ExpectMsg<NodeStatsActor.Finished>().LastWindow);
        var windows = Enumerable.Range(0, 3).Select(_ => NextWindow()).ToArray();
        Assert.Equal([0, 1, 2], windows.Select(w => w.Number));
        Assert.Equal([5, 0, 0], windows.Select(Events));
    }

    [Fact]
    public void After_the_end_windows_are_sent_again_but_no_new_ones_are_made()
    {
        Pass(Seconds(0.5));
        Finish();
        Assert.Equal(0, NextWindow().Number);
        for (var again = 0; again < 3; again++)
        {
            Pass(Seconds(1));
            Pass(Seconds(1));
            Assert.Equal(0, NextWindow().Number);
            _coordinator.ExpectNoMsg(TimeSpan.Zero);
        }

        _stats.Tell(NodeStatsActor.Finish.Instance);
        Settle(_stats);
        _parent.ExpectNoMsg(TimeSpan.Zero);
        Acknowledge(0);
        Pass(Seconds(2));
        Pass(Seconds(2));
        _coordinator.ExpectNoMsg(TimeSpan.Zero);
    }

    private DateTimeOffset Start { get; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static long Events(StatsWindow window) => window.UserTypes[0].Counters[(int)Counter.Events];

    private void Record(int events) => _recorder.UserTypes[0].Count(Counter.Events, events);

    private void Pass(TimeSpan time)
    {
        Advance(time);
        Settle(_stats);
    }

    private StatsWindow NextWindow() => _coordinator.ExpectMsg<WorkerProtocol.WindowReport>().Window;

    private void Finish()
    {
        _stats.Tell(NodeStatsActor.Finish.Instance);
        _parent.ExpectMsg<NodeStatsActor.Finished>();
    }

    private void Acknowledge(int number)
    {
        _stats.Tell(new WorkerProtocol.WindowAck(Run, Worker, number));
        Settle(_stats);
    }
}
