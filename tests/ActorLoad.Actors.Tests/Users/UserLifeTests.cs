using ActorLoad.Actors.Tests.Users.Steps;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Tests.Users;

/// <summary>From on-start over tasks and think time to on-stop.</summary>
public sealed class UserLifeTests : UserSpec
{
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
        await LevelsAreZeroAsync();
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
}
