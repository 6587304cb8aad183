using ActorLoad.Actors.Tests.Users.Steps;
using ActorLoad.Actors.Transport;
using ActorLoad.Actors.Users;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Tests.Users;

/// <summary>Users with rows of feeds and with variables of their own.</summary>
public sealed class UserFeedTests : UserSpec
{
    [Fact]
    public async Task Each_user_shows_its_own_row()
    {
        Host(Requesting("/{{feed.name}}"), feeds: [Names("zoe", "max")]);
        StartUser(1);
        await SentAsync("/max");
        StartUser(0);
        await SentAsync("/zoe");
    }

    [Fact]
    public async Task A_user_beyond_the_rows_does_not_start_and_is_counted_once()
    {
        Host(Requesting("/{{feed.name}}"), feeds: [Names("zoe", "max")]);
        foreach (var id in new[] { 2, 3, 2, 3, 1 })
        {
            StartUser(id);
        }

        // Started last, so whatever the others had to say is said.
        await SentAsync("/max");
        Assert.Equal([1, 0, 0], Counts(Counter.UsersStarted, Counter.UsersFinished, Counter.UsersCrashed));
        var failure = Failure(FailureWhere.User);
        Assert.Equal((FailureReason.FeedExhausted, 2), (failure.Reason, failure.Count));
        Assert.Equal("the feed 'people' has no row for user 2", failure.Sample);
        AssertNothingSent();

        // Gone for whoever counts them, and not by itself: nobody is asked to come in its place.
        foreach (var id in new[] { 2, 3, 2, 3 })
        {
            Assert.Equal(new UsersActor.Gone(id, Crashed: false, ByItself: false), await ExpectMsgAsync<UsersActor.Gone>());
        }
    }

    [Fact]
    public async Task A_feed_that_wraps_has_a_row_for_everybody()
    {
        Host(Requesting("/{{feed.name}}"), feeds: [Names("zoe", "max") with { AtEnd = FeedEnd.Wrap }]);
        StartUser(5);
        await SentAsync("/max");
    }

    [Fact]
    public async Task What_a_user_extracts_is_its_own_and_reaches_its_next_requests()
    {
        Answer = (path, _) => Task.FromResult(new RequestResult(200, null, "", 1)
        {
            Kept = new KeptResponse("{\"token\":\"TOKEN\"}"u8.ToArray(), true, new Dictionary<string, string> { ["Location"] = path + "/it" }),
        });
        Host(new UserType
        {
            Name = "extracting",
            Wait = Constant(3600),
            OnStart = [Sample.Request("/login") with { Extract = [new("token", "/token", null), new("loc", null, "Location")] }],
            Tasks = [Work(Sample.Request("/work?t={{var.token}}&l={{var.loc}}"))],
        });
        StartUser();
        await SentAsync("/login");
        await SentAsync("/work?t=TOKEN&l=/login/it");
    }

    [Fact]
    public async Task A_task_that_lacks_a_value_fails_by_name_and_shows_nothing_of_the_response()
    {
        Answer = (_, _) => Task.FromResult(new RequestResult(200, null, "", 1)
        {
            Kept = new KeptResponse("{\"other\":\"SECRET\"}"u8.ToArray(), true, new Dictionary<string, string>()),
        });
        Host(new UserType
        {
            Name = "extracting",
            Wait = Constant(3600),
            Tasks = [Work(Sample.Request("/login") with { Extract = [new("token", "/access_token", null)] })],
        });
        StartUser();
        await CountedAsync(Counter.TasksFailed, 1);
        await SettleAsync();

        var failure = Failure(FailureWhere.Task);
        Assert.Equal(FailureReason.ExtractFailed, failure.Reason);
        Assert.Equal("extracting.work: POST /login: the response has no '/access_token' for the variable 'token'", failure.Sample);

        // The server has answered as expected: the request itself is good.
        Assert.Equal([1, 0], Counts(Counter.Requests, Counter.RequestsFailed));
    }

    [Fact]
    public async Task A_request_that_needs_what_nobody_has_extracted_is_not_sent()
    {
        Host(Requesting("/{{var.token}}"));
        StartUser();
        await CountedAsync(Counter.TasksFailed, 1);
        await SettleAsync();

        Assert.Equal(FailureReason.ExtractFailed, Failure(FailureWhere.Task).Reason);
        Assert.Equal([0], Counts(Counter.Requests));
        AssertNothingSent();
    }

    [Fact]
    public async Task A_finite_stream_completes_and_its_name_is_free_again()
    {
        var ask = Sample.Subscribe() with { Until = new DoneMarker("[DONE]", null) };
        var done = Sample.Await() with { Done = true };
        Host(new UserType { Name = "asking", Wait = Constant(3600), Tasks = [Work(ask, done, ask, done, Sample.Request("/end"))] });
        StartUser();
        for (var i = 0; i < 2; i++)
        {
            (await Network.NextAsync()).Accept().Feed("data: 1\n\ndata: 2\n\ndata: [DONE]\n\ndata: never\n\n");
        }

        await SentAsync("/end");
        Assert.Equal([2, 2, 6, 0, 0], Counts(Counter.ConnectsOpened, Counter.StreamsCompleted, Counter.Events, Counter.Disconnects, Counter.Reconnects));
        await Network.AllDisposedAsync();
    }

    private static UserType Requesting(string path) =>
        new() { Name = "requesting", Wait = Constant(3600), Tasks = [Work(Sample.Request(path))] };

    private static Feed Names(params string[] names) =>
        new("people", ["name"], [.. names.Select(n => new[] { n })], FeedOrder.Sequential, 0, FeedEnd.Stop);
}
