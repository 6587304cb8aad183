using ActorLoad.Actors.Tests.Users.Steps;
using ActorLoad.Actors.Transport;
using ActorLoad.Actors.Users;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Tests.Users;

/// <summary>Users that leave by themselves, and what they leave behind.</summary>
public sealed class UserLeaveTests : UserSpec
{
    [Fact]
    public async Task A_user_leaves_after_its_iterations_without_thinking_once_more()
    {
        Host(Plain with { Iterations = 2 });
        StartUser();
        await SentAsync("/start");
        await SentAsync("/task");
        await CountedAsync(Counter.TasksPassed, 1);
        await AdvanceAsync(5);
        await SentAsync("/task");
        await SentAsync("/stop");

        Assert.True((await LeftAsync()).ByItself);
        Assert.Equal([1, 1, 2, 0], Counts(Counter.UsersStarted, Counter.UsersFinished, Counter.TasksPassed, Counter.TasksInterrupted));
        await LevelsAreZeroAsync();
    }

    [Fact]
    public async Task After_a_failed_last_task_a_user_of_a_closed_plan_waits_before_it_makes_room()
    {
        Answer = (path, _) => Task.FromResult(new RequestResult(path == "/task" ? 500 : 200, null, "", 1));
        Host(Plain with { Iterations = 1, Wait = default });
        StartUser();
        await SentAsync("/start");
        await SentAsync("/task");
        await CountedAsync(Counter.TasksFailed, 1);
        await AdvanceAsync(0.9);
        await SettleAsync();
        AssertNothingSent();
        await AdvanceAsync(0.1);

        await SentAsync("/stop");
        Assert.True((await LeftAsync()).ByItself);
        Assert.Equal([1], Counts(Counter.TasksFailed));
    }

    [Fact]
    public async Task The_end_of_its_lifetime_interrupts_the_task_in_hand()
    {
        Host(Plain with { Lifetime = Constant(30), Tasks = [Work(Sample.Pause(3600))] });
        StartUser();
        await SentAsync("/start");
        await AdvanceAsync(29.9);
        await SettleAsync();
        AssertNothingSent();
        await AdvanceAsync(0.1);

        await SentAsync("/stop");
        Assert.True((await LeftAsync()).ByItself);
        Assert.Equal([1, 0], Counts(Counter.TasksInterrupted, Counter.TasksPassed));
    }

    [Fact]
    public async Task A_graceful_stop_gives_the_task_in_hand_its_time_after_the_lifetime_too()
    {
        Host(Plain with { Lifetime = Constant(30), Tasks = [Work(Sample.Pause(35))] }, gracefulStop: 10);
        StartUser();
        await SentAsync("/start");
        await AdvanceAsync(30);
        await AdvanceAsync(4.9);
        await SettleAsync();
        AssertNothingSent();
        await AdvanceAsync(0.1);

        await SentAsync("/stop");
        Assert.True((await LeftAsync()).ByItself);
        Assert.Equal([0, 1], Counts(Counter.TasksInterrupted, Counter.TasksPassed));
    }

    [Fact]
    public async Task Whom_the_plan_takes_away_has_not_left_by_itself()
    {
        Host(Plain with { Iterations = 5 });
        StartUser();
        await CountedAsync(Counter.TasksPassed, 1);
        StopUser();
        Assert.False((await LeftAsync()).ByItself);
    }

    [Fact]
    public async Task On_leaving_streams_are_abandoned_and_the_user_goes_when_they_are_let_go_of()
    {
        Host(Plain with { Iterations = 1, OnLeave = LeaveMode.Abandon, Tasks = [Work(Sample.Subscribe(), Sample.Subscribe("b"))], OnStop = [] });
        StartUser();
        await SentAsync("/start");
        var first = (await Network.NextAsync()).Accept();
        var second = (await Network.NextAsync()).Accept();

        await LeftAsync();
        await LevelsAreZeroAsync();
        Assert.Equal([2, 0], Counts(Counter.StreamsAbandoned, Counter.Disconnects));
        await NoStreamLeftAsync();
        Assert.False(first.Disposed.IsCompleted || second.Disposed.IsCompleted);
    }

    [Fact]
    public async Task The_plan_taking_a_user_away_lets_it_abandon_as_well()
    {
        Host(Plain with { OnLeave = LeaveMode.Abandon, Tasks = [Work(Sample.Subscribe(), Sample.Await())] });
        StartUser();
        var body = (await Network.NextAsync()).Accept();
        await CountedAsync(Counter.ConnectsOpened, 1);
        await SettleAsync();
        StopUser();

        await LeftAsync();
        Assert.Equal([1], Counts(Counter.StreamsAbandoned));
        Assert.False(body.Disposed.IsCompleted);
    }

    [Theory]
    [InlineData(StopMode.Graceful)]
    [InlineData(StopMode.Now)]
    public async Task At_the_end_of_the_run_everything_is_closed(StopMode mode)
    {
        Host(Plain with { OnLeave = LeaveMode.Abandon, Tasks = [Work(Sample.Subscribe(), Sample.Await())] });
        StartUser();
        var body = (await Network.NextAsync()).Accept();
        await CountedAsync(Counter.ConnectsOpened, 1);
        await SettleAsync();
        StopAll(mode);

        await IdleAsync();
        await body.Disposed.WaitAsync(Patience);
        Assert.Equal([0], Counts(Counter.StreamsAbandoned));
    }

    [Fact]
    public async Task A_step_abandons_a_stream_whose_name_is_free_again()
    {
        Host(Plain with { Tasks = [Work(Sample.Subscribe(), Sample.Abandon(), Sample.Subscribe(), Sample.Await())] });
        StartUser();
        var first = (await Network.NextAsync()).Accept();
        var second = (await Network.NextAsync()).Accept();
        second.Feed("data: 1\n\n");
        await CountedAsync(Counter.TasksPassed, 1);

        Assert.Equal([1, 2, 0], Counts(Counter.StreamsAbandoned, Counter.ConnectsOpened, Counter.Disconnects));
        Assert.False(first.Disposed.IsCompleted);
    }

    private async Task<UsersActor.Gone> LeftAsync() =>
        (UsersActor.Gone)await FishForMessageAsync(m => m is UsersActor.Gone, Patience);
}
