using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Coordination;

/// <summary>Every cell of the worker's table.</summary>
public sealed class WorkerActorTests : WorkerKit
{
    private static readonly Scenario Quiet = SmallScenario.Create((0, 3), (60, 3));

    [Fact]
    public void A_run_that_breaks_while_it_is_prepared_is_a_problem_of_that_run_only()
    {
        var calm = SmallScenario.Create((60, 1));
        var weightless = calm with { UserTypes = [calm.UserTypes[0] with { Weight = 0 }] };
        Prepare(Run, weightless);
        Assert.StartsWith("DivideByZeroException: ", Coordinator.ExpectMsg<WorkerProtocol.Prepared>().Problem, StringComparison.Ordinal);
        NextConnector = () => throw new NotSupportedException("no such thing here");
        Prepare(Run, calm);
        Assert.Equal("NotSupportedException: no such thing here", Coordinator.ExpectMsg<WorkerProtocol.Prepared>().Problem);
        NextConnector = () => new MemoryConnector();
        Prepare(Next, calm);
        Assert.Null(Coordinator.ExpectMsg<WorkerProtocol.Prepared>().Problem);
        Assert.All(Connectors.SkipLast(1), c => Assert.True(c.IsDisposed));
    }

    [Fact]
    public void Idle_it_prepares_and_starts_nothing_by_itself()
    {
        Start(Run);
        Stop(Run, StopMode.Now);
        Prepare(Run, Quiet);
        ExpectPrepared(Run);
        Advance(Seconds(5));
        Settle(Worker);
        Assert.Empty(Reported);
        Assert.False(Assert.Single(Connectors).IsDisposed);
    }

    [Fact]
    public void Idle_what_it_lacks_is_a_problem_and_the_next_run_may_have_none()
    {
        NextConnector = () => throw new InvalidDataException("ca-file: no such file");
        Prepare(Run, Quiet);
        Assert.Equal(
            new WorkerProtocol.Prepared(Run, Id, "ca-file: no such file", 1), Coordinator.ExpectMsg<WorkerProtocol.Prepared>());
        NextConnector = () => new MemoryConnector();
        Prepare(Next, Quiet);
        ExpectPrepared(Next);
    }

    [Fact]
    public void Prepared_another_prepare_takes_its_place()
    {
        Prepare(Run, Quiet);
        ExpectPrepared(Run);
        Prepare(Next, Quiet);
        ExpectPrepared(Next);
        Assert.Equal([true, false], Connectors.Select(c => c.IsDisposed));
        Start(Run);
        Start(Next);
        Stop(Next, StopMode.Now);
        ExpectDrained(Next);
    }

    [Fact]
    public void Prepared_a_stop_frees_it()
    {
        Prepare(Run, Quiet);
        ExpectPrepared(Run);
        Stop(Next, StopMode.Now);
        Settle(Worker);
        Assert.False(Assert.Single(Connectors).IsDisposed);
        Stop(Run, StopMode.Graceful);
        Start(Run);
        Assert.True(Assert.Single(Connectors).IsDisposed);
        Advance(Seconds(5));
        Settle(Worker);
        Assert.Empty(Reported);
    }

    [Fact]
    public void Running_users_follow_the_plan_from_its_first_moment()
    {
        PrepareAndStart(Run, SmallScenario.Create((0, 2), (1, 2), (0, 5), (1, 5), (0, 1), (60, 1)));
        Assert.Equal(2, Users());
        PassTime(0.95);
        Assert.Equal(2, Users());
        PassTime(0.05);
        AwaitUsers(5);
        PassTime(1);
        AwaitUsers(1);
        Assert.Equal("user-0", Assert.Single(((ActorRefWithCell)Child("users")).Children).Path.Name);
    }

    [Fact]
    public void Running_the_next_run_waits_for_the_end_of_this_one()
    {
        PrepareAndStart(Run, Quiet);
        Prepare(Next, Quiet);
        Start(Next);
        Assert.Equal(3, Users());
        Coordinator.ExpectNoMsg(TimeSpan.Zero);
        Stop(Run, StopMode.Now);
        ExpectDrained(Run);
        ExpectPrepared(Next);
    }

    [Fact]
    public void Running_the_next_run_can_be_taken_back()
    {
        PrepareAndStart(Run, Quiet);
        Prepare(Next, Quiet);
        Stop(Next, StopMode.Now);
        Stop(Run, StopMode.Now);
        ExpectDrained(Run);
        AwaitCondition(() => Connectors.Single().IsDisposed);
        Settle(Worker);
        Coordinator.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Running_the_end_of_the_plan_drains_with_a_window_for_every_second()
    {
        PrepareAndStart(Run, SmallScenario.Create((0, 3), (2.5, 3)));
        Assert.Equal(3, Users());
        PassTime(2.5);
        var totals = ExpectDrained(Run);
        Assert.Equal(3, Windows(Run).Length);
        Assert.Equal(3, totals[Counter.UsersStarted]);
        Assert.Equal(3, totals[Counter.UsersFinished]);
        AssertLevelsEndAtZero();
    }

    [Fact]
    public void Running_a_plan_of_no_length_drains_at_once()
    {
        PrepareAndStart(Run, SmallScenario.Create());
        Assert.Equal(0, ExpectDrained(Run)[Counter.UsersStarted]);
        PrepareAndStart(Next, SmallScenario.Create((0, 3)));
        Assert.Equal(0, ExpectDrained(Next)[Counter.UsersStarted]);
    }

    [Theory]
    [InlineData(StopMode.Graceful)]
    [InlineData(StopMode.Now)]
    public void Running_a_stop_drains_and_what_was_open_is_closed_in_the_last_window(StopMode mode)
    {
        PrepareAndStart(Run, Listening((0, 8), (60, 8)));
        var connector = Assert.Single(Connectors);
        AwaitCondition(() => connector.BodiesRead == 8);
        PassTime(1);
        Settle(Child("stats"));
        Stop(Run, mode);
        var totals = ExpectDrained(Run);

        Assert.Equal(8, totals[Counter.UsersFinished]);
        Assert.Equal(8, totals[Counter.ConnectsOpened]);
        Assert.Equal(8, totals[Counter.TasksInterrupted]);
        Assert.Equal(0, totals[Counter.Disconnects]);
        AwaitCondition(() => connector.BodiesClosed == 8);
        AssertLevelsEndAtZero();
        Assert.Equal([8, 8], Windows(Run)[^1].GaugesMax);
    }

    [Fact]
    public void Draining_on_stop_steps_run_until_a_stop_now_cuts_them()
    {
        PrepareAndStart(Run, WithOnStop(SmallScenario.Long));
        Stop(Run, StopMode.Graceful);
        Settle(Worker);
        PassTime(5);
        Assert.Equal(2, Users());
        Coordinator.ExpectNoMsg(TimeSpan.Zero);
        Stop(Run, StopMode.Graceful);
        Stop(Next, StopMode.Now);
        Settle(Worker);
        Assert.Equal(2, Users());
        Stop(Run, StopMode.Now);
        Assert.Equal(2, ExpectDrained(Run)[Counter.UsersFinished]);
        AssertLevelsEndAtZero();
    }

    [Fact]
    public void Draining_ends_at_its_deadline_of_graceful_stop_and_30_seconds()
    {
        PrepareAndStart(Run, WithOnStop(SmallScenario.Long) with { GracefulStop = Seconds(10) });
        Stop(Run, StopMode.Graceful);
        Settle(Worker);
        PassTime(39.9);
        Assert.Equal(2, Users());
        PassTime(0.2);
        Assert.Equal(2, ExpectDrained(Run)[Counter.UsersFinished]);
        AssertLevelsEndAtZero();
    }

    [Fact]
    public void Draining_the_next_prepare_is_kept_until_all_windows_are_acknowledged_and_the_children_gone()
    {
        Acknowledges = false;
        PrepareAndStart(Run, Quiet);
        Stop(Run, StopMode.Graceful);
        ExpectDrained(Run);
        Prepare(Next, Quiet);
        Settle(Worker);
        Coordinator.ExpectNoMsg(TimeSpan.Zero);
        Assert.False(Connectors.First().IsDisposed);

        Acknowledges = true;
        AdvanceUntil(() => Coordinator.HasMessages, Seconds(0.5));
        ExpectPrepared(Next);
        Assert.Equal([true, false], Connectors.Select(c => c.IsDisposed));
        Start(Next);
        Assert.Equal(3, Users());
        Stop(Next, StopMode.Now);
        Assert.Equal(3, ExpectDrained(Next)[Counter.UsersFinished]);
    }

    [Fact]
    public void Draining_a_kept_prepare_can_be_taken_back()
    {
        Acknowledges = false;
        PrepareAndStart(Run, Quiet);
        Stop(Run, StopMode.Now);
        ExpectDrained(Run);
        Prepare(Next, Quiet);
        Stop(Next, StopMode.Now);
        Settle(Worker);
        Acknowledges = true;
        AdvanceUntil(() => Connectors.First().IsDisposed, Seconds(0.5));
        Settle(Worker);
        Coordinator.ExpectNoMsg(TimeSpan.Zero);
        Assert.Single(Connectors);
    }

    [Theory]
    [InlineData("stats", false)]
    [InlineData("users", false)]
    [InlineData("stats", true)]
    [InlineData("users", true)]
    public void A_child_that_fails_ends_the_run_and_the_next_one_starts_afresh(string child, bool draining)
    {
        PrepareAndStart(Run, WithOnStop(SmallScenario.Long));
        if (draining)
        {
            Stop(Run, StopMode.Graceful);
            Settle(Worker);
        }

        Child(child).Tell(Kill.Instance);
        var failed = Coordinator.ExpectMsg<WorkerProtocol.Failed>();
        Assert.Equal((Run, Id), (failed.Run, failed.Worker));
        Assert.StartsWith($"{child}: {nameof(ActorKilledException)}", failed.Problem, StringComparison.Ordinal);
        Stop(Run, StopMode.Now);

        PrepareAndStart(Next, Quiet);
        Assert.True(Connectors.First().IsDisposed);
        Assert.Equal(3, Users());
        Stop(Next, StopMode.Now);
        Assert.Equal(3, ExpectDrained(Next)[Counter.UsersFinished]);
    }

    [Fact]
    public void Runs_in_a_row_on_one_worker_keep_their_numbers_apart()
    {
        for (var i = 1; i <= 5; i++)
        {
            var run = new Messages.Identifiers.RunId($"run-{i}");
            PrepareAndStart(run, SmallScenario.Create((0, i), (1, i)));
            Assert.Equal(i, Users());
            PassTime(1);

            // The next Prepare comes when the coordinator has everything, which is before the worker has cleared up.
            Assert.Equal(i, ExpectDrained(run)[Counter.UsersStarted]);
        }
    }

    [Fact]
    public void A_crashed_user_is_counted_and_the_levels_still_end_at_zero()
    {
        PrepareAndStart(Run, Listening((0, 4), (60, 4)));
        var connector = Assert.Single(Connectors);
        AwaitCondition(() => connector.BodiesRead == 4);
        Child("users/user-2").Tell(Kill.Instance);
        AwaitUsers(3);
        Stop(Run, StopMode.Graceful);
        var totals = ExpectDrained(Run);
        Assert.Equal((4, 3, 1), (totals[Counter.UsersStarted], totals[Counter.UsersFinished], totals[Counter.UsersCrashed]));
        Assert.Equal(1, totals.Failures[(FailureWhere.User, FailureReason.Crash)].Count);
        AssertLevelsEndAtZero();
    }

    [Fact]
    public void A_user_that_shall_come_back_while_it_is_on_its_way_out_starts_when_it_is_gone()
    {
        // On its way out for 5 s from second 1 on; wanted again from second 2 on.
        PrepareAndStart(Run, WithOnStop(Seconds(5), (0, 1), (1, 1), (0, 0), (1, 0), (0, 1), (60, 1)));
        PassInSteps(2.5);
        Assert.Equal(1, Users());
        AdvanceUntil(() => Windows(Run).Sum(w => w.UserTypes[0].Counters[(int)Counter.UsersStarted]) == 2, Seconds(0.1));
        Stop(Run, StopMode.Now);
        var totals = ExpectDrained(Run);
        Assert.Equal((2, 2), (totals[Counter.UsersStarted], totals[Counter.UsersFinished]));
        AssertLevelsEndAtZero();
    }

    [Fact]
    public void A_user_that_the_plan_takes_back_before_it_could_start_does_not_start()
    {
        // Wanted again in second 2 only, while its predecessor needs until second 6.
        PrepareAndStart(Run, WithOnStop(Seconds(5), (0, 1), (1, 1), (0, 0), (1, 0), (0, 1), (1, 1), (0, 0), (60, 0)));
        PassInSteps(4);
        Assert.Equal(1, Users());
        AdvanceUntil(() => Windows(Run).Sum(w => w.UserTypes[0].Counters[(int)Counter.UsersFinished]) == 1, Seconds(0.1));
        PassInSteps(1);
        Assert.Equal(0, Users());
        Stop(Run, StopMode.Now);
        Assert.Equal(1, ExpectDrained(Run)[Counter.UsersStarted]);
    }

    private static Scenario Listening(params (double Seconds, int Users)[] stages) =>
        SmallScenario.Create(stages) with { UserTypes = [SmallScenario.Reader("reader", SmallScenario.Receive("/", 1))] };

    private static Scenario WithOnStop(TimeSpan pause, params (double Seconds, int Users)[] stages) =>
        SmallScenario.Create(stages.Length == 0 ? [(0, 2), (60, 2)] : stages) with
        {
            UserTypes =
            [
                SmallScenario.Reader("reader", new PauseStep(SmallScenario.Constant(TimeSpan.Zero))) with
                {
                    OnStop = [new PauseStep(SmallScenario.Constant(pause))],
                },
            ],
        };

    private void PassTime(double seconds)
    {
        Advance(Seconds(seconds));
        Settle(Worker);
    }

    // Step by step, so that what a tick sets going among worker, users and user is done before the next one.
    private void PassInSteps(double seconds)
    {
        for (var passed = 0.0; passed < seconds; passed += 0.05)
        {
            PassTime(0.05);
            Users();
            Settle(Worker);
        }
    }

    private void AwaitUsers(int count) => AwaitAssert(() => Assert.Equal(count, Users()));

    private void AssertLevelsEndAtZero() => Assert.Equal([0, 0], Windows(Run)[^1].Gauges);
}
