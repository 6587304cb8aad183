using ActorLoad.Actors.Connections;
using ActorLoad.Actors.Tests.Users.Steps;
using ActorLoad.Actors.Transport;
using ActorLoad.Actors.Users;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Tests.Users;

/// <summary>From on-start over tasks and think time to on-stop.</summary>
public sealed class UserLifeTests : UserSpec
{
    private static readonly UserType Plain = new()
    {
        Name = "plain",
        Wait = Constant(5),
        OnStart = [Sample.Request("/start")],
        OnStop = [Sample.Request("/stop")],
        Tasks = [Work(Sample.Request("/task"))],
    };

    [Fact]
    public async Task On_start_comes_first_then_tasks_with_think_time_and_on_stop_last()
    {
        Host(Plain);
        StartUser();
        await SentAsync("/start");
        await SentAsync("/task");
        await CountedAsync(Counter.TasksPassed, 1);
        await AdvanceAsync(4.9);
        await SettleAsync();
        AssertNothingSent();

        await AdvanceAsync(0.1);
        await SentAsync("/task");
        await CountedAsync(Counter.TasksPassed, 2);
        StopUser();
        await SentAsync("/stop");
        await GoneAsync();

        Assert.Equal(
            [1, 1, 2, 0, 0, 0, 4],
            Counts(Counter.UsersStarted, Counter.UsersFinished, Counter.TasksPassed, Counter.TasksFailed,
                Counter.TasksInterrupted, Counter.UsersCrashed, Counter.Requests));
        AssertLevelsAreZero();
    }

    [Fact]
    public async Task Tasks_are_picked_by_their_weights()
    {
        var picked = new Dictionary<string, int> { ["/often"] = 0, ["/seldom"] = 0 };
        var enough = new TaskCompletionSource();
        Answer = (path, _) =>
        {
            picked[path]++;
            if (picked.Values.Sum() == 1000)
            {
                enough.SetResult();
                return new TaskCompletionSource<RequestResult>().Task;
            }

            return Task.FromResult(new RequestResult(200, null, "", 1));
        };
        Host(new UserType
        {
            Name = "weighted",
            Tasks =
            [
                new TaskDefinition("often", 3, [Sample.Request("/often")]),
                new TaskDefinition("seldom", 1, [Sample.Request("/seldom")]),
            ],
        });
        StartUser();
        await enough.Task.WaitAsync(Patience);

        // Seven standard deviations to either side.
        Assert.InRange(picked["/often"], 654, 846);
    }

    [Fact]
    public async Task Ramping_down_interrupts_the_task_and_closes_its_streams()
    {
        Host(Plain with { Tasks = [Work(Sample.Subscribe(), Sample.Await())] });
        StartUser();
        await SentAsync("/start");
        var body = (await Network.NextAsync()).Accept();
        await CountedAsync(Counter.ConnectsOpened, 1);
        await SettleAsync();
        StopUser();
        await SentAsync("/stop");
        await GoneAsync();
        await body.Disposed.WaitAsync(Patience);

        Assert.Equal([0, 0, 1], Counts(Counter.TasksPassed, Counter.TasksFailed, Counter.TasksInterrupted));
        Assert.Equal([0, 1], Counts(Counter.Disconnects, Counter.UsersFinished));
        await NoStreamLeftAsync();
        AssertLevelsAreZero();
    }

    [Fact]
    public async Task Stopped_now_it_skips_on_stop()
    {
        Host(Plain with { Tasks = [Work(Sample.Pause(60))] });
        StartUser();
        await SentAsync("/start");
        await SettleAsync();
        StopAll(StopMode.Now);
        await GoneAsync();
        await IdleAsync();

        AssertNothingSent();
        Assert.Equal([1, 1], Counts(Counter.TasksInterrupted, Counter.UsersFinished));
        AssertLevelsAreZero();
    }

    [Fact]
    public async Task Stopped_now_it_does_not_wait_for_on_stop_under_way()
    {
        Answer = (path, _) => path == "/stop"
            ? new TaskCompletionSource<RequestResult>().Task
            : Task.FromResult(new RequestResult(200, null, "", 1));
        Host(Plain);
        StartUser();
        await CountedAsync(Counter.TasksPassed, 1);
        StopUser();
        await SentAsync("/start");
        await SentAsync("/task");
        await SentAsync("/stop");
        StopAll(StopMode.Now);
        await GoneAsync();

        Assert.Equal([0, 1], Counts(Counter.TasksInterrupted, Counter.UsersFinished));
    }

    [Fact]
    public async Task Graceful_stop_lets_a_task_finish()
    {
        Host(Plain with { Tasks = [Work(Sample.Pause(5))] }, gracefulStop: 10);
        StartUser();
        await SentAsync("/start");
        await SettleAsync();
        StopUser();
        await AdvanceAsync(4.9);
        await SettleAsync();
        AssertNothingSent();

        await AdvanceAsync(0.1);
        await SentAsync("/stop");
        await GoneAsync();
        Assert.Equal([1, 0], Counts(Counter.TasksPassed, Counter.TasksInterrupted));
    }

    [Fact]
    public async Task A_task_that_outlasts_the_grace_is_interrupted()
    {
        Host(Plain with { Tasks = [Work(Sample.Pause(60))] }, gracefulStop: 10);
        StartUser();
        await SentAsync("/start");
        await SettleAsync();
        StopUser();
        await AdvanceAsync(10);
        await SentAsync("/stop");
        await GoneAsync();

        Assert.Equal([0, 1], Counts(Counter.TasksPassed, Counter.TasksInterrupted));
    }

    [Fact]
    public async Task Told_again_to_stop_it_gets_no_second_grace()
    {
        Host(Plain with { Tasks = [Work(Sample.Pause(60))] }, gracefulStop: 10);
        StartUser();
        await SentAsync("/start");
        await SettleAsync();
        StopUser();
        await AdvanceAsync(6);
        StopAll(StopMode.Graceful);
        await AdvanceAsync(4);

        await SentAsync("/stop");
        await GoneAsync();
    }

    [Fact]
    public async Task Stopped_between_tasks_nothing_was_interrupted()
    {
        Host(Plain, gracefulStop: 10);
        StartUser();
        await CountedAsync(Counter.TasksPassed, 1);
        await SettleAsync();
        StopUser();
        await GoneAsync();

        Assert.Equal([1, 0], Counts(Counter.TasksPassed, Counter.TasksInterrupted));
        Assert.Equal([3], Counts(Counter.Requests));
    }

    [Fact]
    public async Task Stopped_in_on_start_it_goes_straight_to_on_stop()
    {
        Host(Plain with { OnStart = [Sample.Pause(60)] }, gracefulStop: 10);
        StartUser();
        await SettleAsync();
        StopUser();
        await SentAsync("/stop");
        await GoneAsync();

        Assert.Equal([0, 0], Counts(Counter.TasksPassed, Counter.TasksInterrupted));
    }

    [Fact]
    public async Task A_failed_on_start_is_tried_again()
    {
        var status = 500;
        Answer = (path, _) => Task.FromResult(new RequestResult(path == "/start" ? status : 200, null, "", 1));
        Host(Plain with { Wait = Constant(0.2), OnStart = [Sample.Subscribe(), Sample.Request("/start")] });
        StartUser();
        var first = (await Network.NextAsync()).Accept();
        await SentAsync("/start");
        await CountedAsync(Counter.RequestsFailed, 1);
        await first.Disposed.WaitAsync(Patience);

        // At least a second, so that a user without think time does not hammer a target that is down.
        await AdvanceAsync(0.9);
        await SettleAsync();
        Assert.False(Network.HasNext);
        status = 200;
        await AdvanceAsync(0.1);
        (await Network.NextAsync()).Accept();
        await SentAsync("/start");
        await SentAsync("/task");

        var failure = Failure(FailureWhere.Task);
        Assert.Equal((FailureReason.UnexpectedStatus, 1), (failure.Reason, failure.Count));
        Assert.StartsWith("on-start: ", failure.Sample, StringComparison.Ordinal);
        Assert.Equal([0], Counts(Counter.TasksFailed));
    }

    [Fact]
    public async Task A_failed_task_closes_its_own_streams_and_no_others()
    {
        Answer = (path, _) => Task.FromResult(new RequestResult(path == "/task" ? 500 : 200, null, "", 1));
        Host(Plain with
        {
            Wait = default,
            OnStart = [Sample.Subscribe("kept")],
            Tasks = [Work(Sample.Subscribe("own"), Sample.Request("/task"))],
        });
        StartUser();
        var kept = (await Network.NextAsync()).Accept();
        var own = (await Network.NextAsync()).Accept();
        await SentAsync("/task");
        await own.Disposed.WaitAsync(Patience);
        await CountedAsync(Counter.TasksFailed, 1);

        await AdvanceAsync(0.9);
        await SettleAsync();
        Assert.False(Network.HasNext);
        await AdvanceAsync(0.1);
        await Network.NextAsync();
        Assert.False(kept.Disposed.IsCompleted);
        Assert.Equal("plain.work: POST /task: the server answered 500", Failure(FailureWhere.Task).Sample);
    }

    [Fact]
    public async Task A_stream_outlives_the_task_that_passed()
    {
        Host(Plain with { Tasks = [Work(Sample.Subscribe())] });
        StartUser();
        var body = (await Network.NextAsync()).Accept();
        await CountedAsync(Counter.TasksPassed, 1);
        await AdvanceAsync(4);
        await SettleAsync();

        Assert.False(body.Disposed.IsCompleted);
    }

    [Fact]
    public async Task Subscribing_again_under_the_same_name_replaces_the_stream()
    {
        Host(Plain with { Tasks = [Work(Sample.Subscribe(path: "/1"), Sample.Subscribe(path: "/2"), Sample.Await())] });
        StartUser();
        var first = (await Network.NextAsync()).Accept();
        var attempt = await Network.NextAsync();
        await first.Disposed.WaitAsync(Patience);
        Assert.Equal("/2", attempt.Request.Url.AbsolutePath);
        attempt.Accept().Feed("data: 1\n\n");
        await CountedAsync(Counter.TasksPassed, 1);

        Assert.Equal([2, 0], Counts(Counter.ConnectsOpened, Counter.Disconnects));
    }

    [Fact]
    public async Task A_name_is_free_again_after_its_stream_has_ended()
    {
        Host(Plain with { Wait = default, Tasks = [Work(Sample.Subscribe())] });
        StartUser();
        (await Network.NextAsync()).Fail(FailureReason.Status, 404);
        await CountedAsync(Counter.TasksFailed, 1);
        await AdvanceAsync(1);
        (await Network.NextAsync()).Accept();
        await CountedAsync(Counter.TasksPassed, 1);
    }

    [Fact]
    public async Task Opening_and_closing_under_one_name_never_collides()
    {
        Network.OnAttempt = attempt => attempt.Accept();
        Host(new UserType
        {
            Name = "restless",
            Tasks = [Work(Sample.Subscribe(), Sample.Close(), Sample.Subscribe(), Sample.Drop(), Sample.Close())],
        });
        StartUser();
        await CountedAsync(Counter.TasksPassed, 200);
        StopAll(StopMode.Now);
        await GoneAsync();
        await Network.AllDisposedAsync();

        Assert.Equal([0, 0], Counts(Counter.TasksFailed, Counter.UsersCrashed));
        await NoStreamLeftAsync();
        AssertLevelsAreZero();
    }

    [Fact]
    public async Task A_failed_on_stop_is_told_and_ends_the_user_all_the_same()
    {
        Answer = (path, _) => Task.FromResult(new RequestResult(path == "/stop" ? 500 : 200, null, "", 1));
        Host(Plain);
        StartUser();
        await CountedAsync(Counter.TasksPassed, 1);
        await SettleAsync();
        StopUser();
        await GoneAsync();

        Assert.StartsWith("on-stop: ", Failure(FailureWhere.Task).Sample, StringComparison.Ordinal);
        Assert.Equal([1], Counts(Counter.UsersFinished));
    }

    [Fact]
    public async Task A_user_that_is_still_on_its_way_out_cannot_start_yet()
    {
        Answer = (path, _) => path == "/stop"
            ? new TaskCompletionSource<RequestResult>().Task
            : Task.FromResult(new RequestResult(200, null, "", 1));
        Host(Plain);
        StartUser();
        await CountedAsync(Counter.TasksPassed, 1);
        await SettleAsync();
        StopUser();
        StartUser();

        Assert.Equal(0, (await ExpectMsgAsync<UsersActor.NotYet>()).UserId);
    }

    [Fact]
    public async Task A_user_that_has_gone_can_start_again()
    {
        Host(Plain);
        StartUser();
        await CountedAsync(Counter.TasksPassed, 1);
        await SettleAsync();
        StopUser();
        await GoneAsync();

        // Its name is free a moment after its farewell.
        await AwaitAssertAsync(
            async () =>
            {
                StartUser();
                await CountedAsync(Counter.UsersStarted, 2);
            },
            Patience);
    }

    [Fact]
    public async Task Drop_and_reconnect_resume_where_the_stream_was()
    {
        Host(Plain with { Tasks = [Work(Sample.Subscribe(), Sample.Await(), Sample.Drop(), Sample.Reconnect(), Sample.Await())] });
        StartUser();
        var first = (await Network.NextAsync()).Accept();
        first.Feed("id: 7\ndata: 1\n\n");
        var attempt = await Network.NextAsync();
        Assert.Equal("7", attempt.Request.LastEventId);
        attempt.Accept().Feed("id: 8\ndata: 2\n\n");
        await CountedAsync(Counter.TasksPassed, 1);

        Assert.Equal([2, 2, 1, 1], Counts(Counter.ConnectsOpened, Counter.Events, Counter.Disconnects, Counter.Reconnects));
        Assert.Equal(FailureReason.Dropped, Failure(FailureWhere.Disconnect).Reason);
    }

    [Fact]
    public async Task Supervision_brings_a_stream_back_while_a_step_waits()
    {
        var eager = new StreamSettings { Reconnect = new ReconnectSettings { Jitter = 0, MinBackoff = TimeSpan.FromSeconds(1) } };
        Host(Plain with { Tasks = [Work(Sample.Subscribe() with { Settings = eager }, Sample.Await(events: 2))] });
        StartUser();
        var first = (await Network.NextAsync()).Accept();
        first.Feed("data: 1\n\n");
        first.End();
        await CountedAsync(Counter.Disconnects, 1);
        await AwaitAssertAsync(async () =>
        {
            await AdvanceAsync(1);
            Assert.Equal(2, Network.Attempts);
        });
        (await Network.NextAsync()).Accept().Feed("data: 2\n\n");
        await CountedAsync(Counter.TasksPassed, 1);
    }
}
