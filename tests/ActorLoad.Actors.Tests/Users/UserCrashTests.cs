using ActorLoad.Actors.Tests.Users.Steps;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Users;

/// <summary>What nobody foresaw stops the user it happened to, and nobody else.</summary>
public sealed class UserCrashTests : UserSpec
{
    private static readonly UserType Subscriber = new()
    {
        Name = "subscriber",
        Wait = Constant(3600),
        Tasks = [Work(Sample.Subscribe(), Sample.Subscribe("b"), Sample.Await(events: 2))],
    };

    [Fact]
    public async Task An_unknown_exception_of_the_connector_stops_the_user_and_counts_it()
    {
        Host(Subscriber);
        StartUser();
        var body = (await Network.NextAsync()).Accept();
        (await Network.NextAsync()).Crash(new InvalidOperationException("a defect"));
        await GoneAsync(crashed: true);
        await body.Disposed.WaitAsync(Patience);

        var failure = Failure(FailureWhere.User);
        Assert.Equal((FailureReason.Crash, 1), (failure.Reason, failure.Count));
        Assert.Equal("InvalidOperationException: a defect", failure.Sample);
        Assert.Equal([1, 1, 0], Counts(Counter.UsersStarted, Counter.UsersCrashed, Counter.UsersFinished));
        await NoStreamLeftAsync();
        await LevelsAreZeroAsync();
    }

    [Fact]
    public async Task An_unknown_exception_of_a_graph_stops_the_user_and_counts_it()
    {
        // A limit that no decoder takes: making the graph fails.
        var broken = new StreamSettings { Limits = new LimitSettings { MaxLine = 0 } };
        Host(Subscriber with { Tasks = [Work(Sample.Subscribe() with { Settings = broken })] });
        StartUser();
        var body = (await Network.NextAsync()).Accept();
        await GoneAsync(crashed: true);
        await body.Disposed.WaitAsync(Patience);

        Assert.Equal([1], Counts(Counter.UsersCrashed));
        await NoStreamLeftAsync();
        await LevelsAreZeroAsync();
    }

    [Fact]
    public async Task Its_siblings_go_on()
    {
        Host(Subscriber);
        StartUser(1);
        var firstBody = (await Network.NextAsync()).Accept();
        var firstOther = (await Network.NextAsync()).Accept();
        StartUser(2);
        (await Network.NextAsync()).Crash(new InvalidOperationException("a defect"));
        await GoneAsync(crashed: true, id: 2);

        firstBody.Feed("data: 1\n\ndata: 2\n\n");
        await CountedAsync(Counter.TasksPassed, 1);
        Assert.False(firstOther.Disposed.IsCompleted);
        StopUser(1);
        await GoneAsync(id: 1);
        Assert.Equal([2, 1, 1], Counts(Counter.UsersStarted, Counter.UsersCrashed, Counter.UsersFinished));
    }

    [Fact]
    public async Task It_is_never_restarted()
    {
        Host(Subscriber);
        StartUser();
        (await Network.NextAsync()).Crash(new InvalidOperationException("a defect"));
        await GoneAsync(crashed: true);
        await AwaitAssertAsync(
            () => Assert.Throws<ActorNotFoundException>(
                () => Sys.ActorSelection("/user/relay/users/user-0").ResolveOne(TimeSpan.FromSeconds(1)).GetAwaiter().GetResult()),
            Patience);

        ((Akka.TestKit.TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromDays(1));
        Assert.Equal([1], Counts(Counter.UsersStarted));
        Assert.Equal(1, Network.Attempts);
    }

    [Fact]
    public async Task Stopping_a_crashed_user_is_harmless()
    {
        Host(Subscriber);
        StartUser();
        (await Network.NextAsync()).Crash(new InvalidOperationException("a defect"));
        await GoneAsync(crashed: true);
        StopUser();
        StopAll(StopMode.Now);
        await IdleAsync();

        Assert.Equal([1, 0], Counts(Counter.UsersCrashed, Counter.UsersFinished));
    }
}
