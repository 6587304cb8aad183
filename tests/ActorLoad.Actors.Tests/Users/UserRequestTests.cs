using ActorLoad.Actors.Tests.Users.Steps;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Tests.Users;

/// <summary>Plain requests of a user.</summary>
public sealed class UserRequestTests : UserSpec
{
    private readonly TaskCompletionSource _givenUp = new();

    [Fact]
    public async Task A_request_without_a_response_in_time_fails()
    {
        Answer = HangAsync;
        Host(Requesting(Sample.Request("/slow") with { Within = TimeSpan.FromMilliseconds(50) }));
        StartUser();
        await CountedAsync(Counter.TasksFailed, 1);

        Assert.Equal([1, 1], Counts(Counter.Requests, Counter.RequestsFailed));
        var failure = Failure(FailureWhere.Request);
        Assert.Equal(FailureReason.Timeout, failure.Reason);
        Assert.StartsWith("POST /slow: no response within 0.05 s", failure.Sample, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_stopped_user_no_longer_waits_for_did_not_fail()
    {
        Answer = HangAsync;
        Host(Requesting(Sample.Request("/slow")));
        StartUser();
        await SentAsync("/slow");
        StopAll(StopMode.Now);
        await GoneAsync();
        await _givenUp.Task.WaitAsync(Patience);

        Assert.Equal([0, 0, 1], Counts(Counter.Requests, Counter.RequestsFailed, Counter.TasksInterrupted));
    }

    [Fact]
    public async Task An_unexpected_status_is_counted_as_a_failed_request()
    {
        Answer = (_, _) => Task.FromResult(new RequestResult(500, null, "", 1));
        Host(Requesting(Sample.Request("/x")));
        StartUser();
        await CountedAsync(Counter.TasksFailed, 1);

        Assert.Equal([1, 1], Counts(Counter.Requests, Counter.RequestsFailed));
        Assert.Equal(FailureReason.UnexpectedStatus, Failure(FailureWhere.Request).Reason);
    }

    [Fact]
    public async Task An_expected_status_is_none()
    {
        Answer = (_, _) => Task.FromResult(new RequestResult(404, null, "", 1));
        Host(Requesting(Sample.Request("/x", 404)));
        StartUser();
        await CountedAsync(Counter.TasksPassed, 1);

        Assert.Equal([0], Counts(Counter.RequestsFailed));
    }

    [Fact]
    public async Task A_connector_that_throws_crashes_the_user_instead_of_leaving_it_waiting()
    {
        Answer = (_, _) => Task.FromException<RequestResult>(new InvalidOperationException("a defect"));
        Host(Requesting(Sample.Request("/x")));
        StartUser();
        await GoneAsync(crashed: true);

        Assert.Equal("InvalidOperationException: a defect", Failure(FailureWhere.User).Sample);
    }

    private static UserType Requesting(RequestStep step) =>
        new() { Name = "requesting", Wait = Constant(3600), Tasks = [Work(step)] };

    private async Task<RequestResult> HangAsync(string path, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        finally
        {
            _givenUp.TrySetResult();
        }

        return default;
    }
}
