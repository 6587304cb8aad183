using ActorLoad.Actors.Coordination;
using ActorLoad.Actors.Tests.Stats;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using Akka.Actor;
using Akka.TestKit;

namespace ActorLoad.Actors.Tests.Coordination;

public sealed class ClusterStatsActorTests : VirtualTimeKit
{
    private static readonly RunId Run = new("run");
    private static readonly WorkerId A = new("a");
    private static readonly WorkerId B = new("b");

    /// <summary>Small windows hold it, large ones do not.</summary>
    private static readonly Threshold[] Thresholds = [new("bytes", "count < 1000", "count", "<", 1000) { AbortOnFail = true }];

    private readonly TestProbe _parent;
    private readonly TestProbe _listener;
    private readonly IActorRef _stats;

    public ClusterStatsActorTests()
    {
        _parent = CreateTestProbe("parent");
        _listener = CreateTestProbe("listener");
        _stats = _parent.ChildActorOf(ClusterStatsActor.Props(Run, SmallScenario.Create((60, 1)) with { Thresholds = Thresholds }, [A, B], _listener));
    }

    [Fact]
    public void It_is_complete_once_when_all_workers_have_drained()
    {
        Report(A, 0, 1);
        Report(B, 0, 2);
        Drained(A, 0);
        Settle(_stats);
        Assert.Equal(A, _parent.ExpectMsg<ClusterStatsActor.Finished>().Worker);
        _parent.ExpectNoMsg(TimeSpan.Zero);
        Drained(B, 0);
        Assert.Equal(3, Totals()[Counter.Events]);
        Drained(B, 0);
        Report(B, 0, 2);
        _stats.Tell(ClusterStatsActor.GiveUp.Instance);
        Settle(_stats);
        _parent.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void The_listener_hears_of_each_second_when_it_closes()
    {
        Report(A, 0, 1);
        Settle(_stats);
        _listener.ExpectNoMsg(TimeSpan.Zero);
        Report(B, 0, 2);
        var second = _listener.ExpectMsg<RunSecond>();
        Assert.Equal((0, 3L), (second.Number, second.Second[Counter.Events]));
    }

    [Fact]
    public void Totals_that_were_handed_over_do_not_change_any_more()
    {
        Report(A, 0, 1);
        _stats.Tell(ClusterStatsActor.GiveUp.Instance);
        var totals = Totals();
        Report(A, 1, 10);
        Report(B, 0, 100);
        Report(B, 1, 100);
        Settle(_stats);
        Assert.Equal(1, totals[Counter.Events]);
        _parent.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void The_parent_is_told_once_when_a_threshold_ends_the_run()
    {
        Report(A, 0, 50);
        Report(B, 0, 49);
        Settle(_stats);
        _parent.ExpectNoMsg(TimeSpan.Zero);
        Report(A, 1, 1);
        Report(B, 1, 1);
        Assert.Equal(new ThresholdAbort(Thresholds[0], 1010, Seconds(2)), _parent.ExpectMsg<ClusterStatsActor.Aborted>().Abort);
        Report(A, 2, 1);
        Report(B, 2, 1);
        Settle(_stats);
        _parent.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void The_totals_come_with_the_times_in_which_a_worker_was_the_bottleneck()
    {
        var calm = new GeneratorHealth(1, 0.1, 0, 1, 0, 1, 0);
        for (var second = 0; second < 6; second++)
        {
            Report(A, second, 1, calm);
            Report(B, second, 1, second == 4 ? calm with { LagMsMax = 2000 } : calm);
        }

        Drained(A, 5);
        Drained(B, 5);
        var completed = _parent.FishForMessage<ClusterStatsActor.Completed>(_ => true);
        Assert.Equal([new GeneratorDoubt(GeneratorDoubtKind.SchedulingLag, "b", 4, 5, 2000)], completed.Doubts);
        Assert.Equal([("a", 1d), ("b", 2000d)], completed.Totals.Health.Select(h => (h.Key, h.Value.LagMsMax)));
    }

    [Fact]
    public void Windows_that_are_missing_before_others_are_not_waited_for_for_ever()
    {
        Report(A, 0, 1);
        Report(B, 0, 2);
        Report(A, 3, 10);
        foreach (var number in (int[])[1, 2, 3])
        {
            Report(B, number, 20);
        }

        Drained(A, 4);
        Drained(B, 3);
        Settle(_stats);
        Advance(ClusterStatsActor.MissingPatience - Seconds(1));
        Settle(_stats);
        Assert.Equal(B, _parent.ExpectMsg<ClusterStatsActor.Finished>().Worker);
        _parent.ExpectNoMsg(TimeSpan.Zero);

        // One comes at last, those that do not are named before their worker is said to have reported everything.
        Report(A, 1, 3);
        Settle(_stats);
        Advance(ClusterStatsActor.MissingPatience - Seconds(1));
        Settle(_stats);
        _parent.ExpectNoMsg(TimeSpan.Zero);
        Advance(Seconds(1));
        Assert.Equal(new ClusterStatsActor.Missing(A, 2, 5, 2), _parent.ExpectMsg<ClusterStatsActor.Missing>());
        Assert.Equal(A, _parent.ExpectMsg<ClusterStatsActor.Finished>().Worker);
        Assert.Equal(76, Totals()[Counter.Events]);
    }

    [Fact]
    public void A_worker_that_is_only_late_is_waited_for()
    {
        Report(A, 0, 1);
        Settle(_stats);
        Advance(ClusterStatsActor.MissingPatience * 3);
        Settle(_stats);
        _parent.ExpectNoMsg(TimeSpan.Zero);
        Report(B, 0, 2);
        Drained(A, 0);
        Drained(B, 0);
        Assert.Equal(3, Totals()[Counter.Events]);
    }

    [Fact]
    public void A_last_window_that_no_worker_can_have_is_ignored()
    {
        Drained(A, int.MaxValue);
        Report(A, 0, 1);
        Report(B, 0, 2);
        Drained(A, 0);
        Drained(B, 0);
        Assert.Equal(3, Totals()[Counter.Events]);
    }

    [Fact]
    public void A_window_that_makes_no_sense_is_missing_and_nothing_else()
    {
        _stats.Tell(new WorkerProtocol.WindowReport(Windows.Senseless(Run, A, 0)), TestActor);
        Assert.Equal(0, ExpectMsg<WorkerProtocol.WindowAck>().Number);
        Report(B, 0, 2);
        Assert.Equal(new ClusterStatsActor.Missing(A, 0, 1, 1), _parent.ExpectMsg<ClusterStatsActor.Missing>());
        Assert.Equal(2, _listener.ExpectMsg<RunSecond>().Second[Counter.Events]);
        Report(A, 1, 10);
        Report(B, 1, 20);
        Drained(A, 1);
        Drained(B, 1);
        Assert.Equal(32, Totals()[Counter.Events]);
    }

    // A late window is acknowledged as well, else its worker would report it for ever.
    private void Report(WorkerId worker, int number, long events, GeneratorHealth? health = null)
    {
        _stats.Tell(new WorkerProtocol.WindowReport(Windows.Create(Run, worker, number, events) with { Health = health }), TestActor);
        Assert.Equal(new WorkerProtocol.WindowAck(Run, worker, number), ExpectMsg<WorkerProtocol.WindowAck>());
    }

    private void Drained(WorkerId worker, int last) => _stats.Tell(new WorkerProtocol.Drained(Run, worker, last), TestActor);

    private StatsTotals Totals() => _parent.FishForMessage<ClusterStatsActor.Completed>(_ => true).Totals;
}
