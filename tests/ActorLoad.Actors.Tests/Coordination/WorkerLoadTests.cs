using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Tests.Coordination;

/// <summary>The loads beyond a held level: arrivals, churn, storms.</summary>
public sealed class WorkerLoadTests : WorkerKit
{
    [Fact]
    public void An_open_plan_starts_everybody_who_is_due_and_each_leaves_after_its_task()
    {
        var plan = LoadPlan.Open([(Seconds(3), 20), (Seconds(2), 0)]);
        PrepareAndStart(Run, Open(plan, new PauseStep(SmallScenario.Constant(TimeSpan.Zero))));
        WalkToTheEnd(5);

        var totals = ExpectDrained(Run);
        Assert.Equal(80, plan.Arrivals);
        Assert.Equal((80, 80, 0), (totals[Counter.UsersStarted], totals[Counter.UsersFinished], totals[Counter.ArrivalsDropped]));
        Assert.Equal(80, totals.Timings[Timing.ArrivalLag].TotalCount);
        Assert.Equal(80, totals[Counter.TasksPassed] + totals[Counter.TasksInterrupted]);
    }

    [Fact]
    public void Arrivals_beyond_max_users_are_dropped_and_counted_never_put_off()
    {
        // Nobody leaves before the end: four find room.
        PrepareAndStart(Run, Open(LoadPlan.Open([(Seconds(3), 20)], maxUsers: 4), new PauseStep(SmallScenario.Constant(SmallScenario.Long))));
        WalkToTheEnd(3);

        var totals = ExpectDrained(Run);
        Assert.Equal((4, 56, 4), (totals[Counter.UsersStarted], totals[Counter.ArrivalsDropped], totals[Counter.TasksInterrupted]));
        Assert.Equal(4, Windows(Run).Max(w => w.GaugesMax[(int)Gauge.UsersActive]));
    }

    [Fact]
    public void A_worker_that_slept_drops_what_is_overdue()
    {
        PrepareAndStart(Run, Open(LoadPlan.Open([(Seconds(10), 10)]), new PauseStep(SmallScenario.Constant(TimeSpan.Zero))));
        Walk(1);
        Advance(Seconds(4));
        Settle(Worker);
        WalkToTheEnd(5);

        var totals = ExpectDrained(Run);
        Assert.Equal((70, 30), (totals[Counter.UsersStarted], totals[Counter.ArrivalsDropped]));
    }

    [Fact]
    public void Nobody_is_forgotten_when_the_last_look_finds_more_than_a_tick_starts()
    {
        PrepareAndStart(Run, Open(LoadPlan.Open([(Seconds(1), 800)]), new PauseStep(SmallScenario.Constant(TimeSpan.Zero))));
        Advance(Seconds(1));
        Settle(Worker);

        var totals = ExpectDrained(Run);
        Assert.Equal(800, totals[Counter.UsersStarted] + totals[Counter.ArrivalsDropped]);
    }

    [Fact]
    public void In_a_closed_plan_the_level_holds_while_users_come_and_go()
    {
        var pause = new PauseStep(SmallScenario.Constant(Seconds(1)));
        var type = SmallScenario.Reader("reader", pause) with { Iterations = 1 };
        PrepareAndStart(Run, SmallScenario.Create((0, 6), (10, 6)) with { UserTypes = [type] });
        Assert.Equal(Enumerable.Range(0, 6).Select(i => $"user-{i}"), Names());
        for (var second = 0; second < 3; second++)
        {
            Advance(Seconds(1));
            AwaitAssert(() => Assert.Equal(Enumerable.Range((second + 1) * 6, 6).Select(i => $"user-{i}"), Names()));
        }

        Stop(Run, StopMode.Graceful);
        var totals = ExpectDrained(Run);
        Assert.Equal((24, 24, 18, 6), (totals[Counter.UsersStarted], totals[Counter.UsersFinished], totals[Counter.TasksPassed], totals[Counter.TasksInterrupted]));
    }

    [Fact]
    public void A_storm_cuts_the_streams_it_names_at_its_moment_and_the_report_tells_how_they_came_back()
    {
        UserType[] types =
        [
            SmallScenario.Reader("reader", SmallScenario.Receive("/", 1, Eager)) with { Weight = 3 },
            SmallScenario.Reader("other", SmallScenario.Receive("/", 1, Eager)),
        ];
        var scenario = SmallScenario.Create((0, 40), (60, 40)) with
        {
            UserTypes = types,
            EventsAt = [new TimedEvent(Seconds(5), new StormDrop { UserType = "reader", Hold = Seconds(2) })],
        };
        NextConnector = () => new MemoryConnector { Time = Time };
        PrepareAndStart(Run, scenario);
        var connector = Assert.Single(Connectors);
        AwaitCondition(() => connector.BodiesRead == 40);
        Walk(4.9);
        Assert.Equal(0, connector.BodiesClosed);
        Walk(0.2);
        AwaitCondition(() => connector.BodiesClosed == 30);
        Walk(2);
        Assert.Equal(40, connector.Requests.Count);
        AdvanceUntil(() => connector.BodiesRead == 70, Seconds(0.1));
        Stop(Run, StopMode.Graceful);

        var totals = ExpectDrained(Run);
        var storm = Assert.Single(totals.Storms);
        Assert.Equal((StormCause.Client, 0, 40, 30), (storm.Cause, storm.Number, storm.StreamsBefore, storm.Dropped));
        Assert.Equal((30, 30, 0), (storm.Back.Total, storm.Attempts.Total, storm.Failures));
        Assert.InRange(storm.Back.ValueOf(1)!.Value, 2_500_000, 4_000_000);
        Assert.Equal((30, 0, 30), (totals[Counter.Disconnects], totals[Counter.ConnectsFailed], totals[Counter.Reconnects]));
    }

    private static StreamSettings Eager { get; } = new()
    {
        Reconnect = new ReconnectSettings { MinBackoff = TimeSpan.FromSeconds(0.5), MaxBackoff = TimeSpan.FromSeconds(0.5), Jitter = 0 },
    };

    private static Scenario Open(LoadPlan plan, Step step) => SmallScenario.Create() with
    {
        Load = plan,
        UserTypes = [SmallScenario.Reader("visitor", step) with { Iterations = 1 }],
    };

    private IEnumerable<string> Names()
    {
        var users = Child("users");
        Settle(users);
        return ((Akka.Actor.ActorRefWithCell)users).Children.Select(c => c.Path.Name).OrderBy(n => n.Length).ThenBy(n => n, StringComparer.Ordinal);
    }

    // At the end of the plan the users' parent goes.
    private void WalkToTheEnd(double seconds)
    {
        Walk(seconds - 0.05);
        Advance(Seconds(0.05));
        Settle(Worker);
    }

    // Step by step, so that what a tick sets going among worker, users and user is done before the next one.
    private void Walk(double seconds)
    {
        for (var passed = 0; passed < Math.Round(seconds * 20); passed++)
        {
            Advance(Seconds(0.05));
            Settle(Worker);
            Settle(Child("users"));
            Settle(Worker);
        }
    }
}
