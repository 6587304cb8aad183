using ActorLoad.Actors.Tests.Users.Steps;
using ActorLoad.Actors.Transport;
using ActorLoad.Actors.Users;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Tests.Users;

/// <summary>Every way in which a user is told to come to an end.</summary>
public sealed class UserStopTests : UserSpec
{
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
        await LevelsAreZeroAsync();
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
        await LevelsAreZeroAsync();
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
}
