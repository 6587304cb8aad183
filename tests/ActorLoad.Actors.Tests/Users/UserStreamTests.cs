using ActorLoad.Actors.Tests.Users.Steps;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Tests.Users;

/// <summary>The streams of a user across its tasks.</summary>
public sealed class UserStreamTests : UserSpec
{
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
        await LevelsAreZeroAsync();
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
