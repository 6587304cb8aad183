using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Tests.Users.Steps;

/// <summary>Close, pause and request.</summary>
public sealed class PlainStepTests
{
    private readonly FakeUser _user = new();

    [Fact]
    public void Close_ends_the_stream_and_passes_at_once()
    {
        _user.Has("a");
        _user.Run(Sample.Close());

        _user.AssertPassed();
        Assert.Equal(["close a"], _user.Asked);
    }

    [Fact]
    public void Closing_what_is_not_there_is_no_mistake()
    {
        _user.Run(Sample.Close("nowhere"));

        _user.AssertPassed();
        Assert.Empty(_user.Asked);
    }

    [Fact]
    public void Abandon_leaves_the_stream_behind_and_passes_at_once()
    {
        _user.Has("a");
        _user.Run(Sample.Abandon(), Sample.Abandon("nowhere"));

        _user.AssertPassed();
        Assert.Equal(["abandon a"], _user.Asked);
    }

    [Fact]
    public void Pause_passes_when_its_time_is_over()
    {
        _user.Has("a");
        _user.Run(Sample.Pause(7));
        Assert.Equal([TimeSpan.FromSeconds(7)], _user.Timers);
        _user.Lost("a", FailureReason.Reset);
        _user.Signal(new ActorLoad.Actors.Users.Steps.UserSignal.Elapsed(99));
        _user.AssertPending();

        _user.Elapse();
        _user.AssertPassed();
    }

    [Fact]
    public void A_cancelled_pause_takes_its_timer_back()
    {
        _user.Run(Sample.Pause());
        _user.Cancel();

        Assert.Empty(_user.Timers);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(204, true)]
    [InlineData(299, true)]
    [InlineData(199, false)]
    [InlineData(300, false)]
    [InlineData(404, false)]
    public void A_request_expects_success(int status, bool passes) => AssertRequest(Sample.Request(), status, passes);

    [Theory]
    [InlineData(404, true)]
    [InlineData(409, true)]
    [InlineData(200, false)]
    public void Or_what_the_scenario_says(int status, bool passes) =>
        AssertRequest(Sample.Request("/api", 404, 409), status, passes);

    [Fact]
    public void A_request_without_a_response_fails_with_its_reason()
    {
        _user.Run(Sample.Request());
        _user.Respond(1, 0, FailureReason.Connect);

        _user.AssertFailed(FailureReason.Connect);
        Assert.Contains("POST /api", _user.Result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_with_a_good_status_is_still_one()
    {
        _user.Run(Sample.Request());
        _user.Respond(1, 200, FailureReason.Truncated);

        _user.AssertFailed(FailureReason.Truncated);
    }

    [Fact]
    public void Another_requests_response_is_none_of_its_business()
    {
        _user.Run(Sample.Request());
        _user.Respond(99, 200);

        _user.AssertPending();
    }

    [Fact]
    public void A_failure_message_shows_the_path_as_written()
    {
        _user.Run(Sample.Request("/api/{{user.id}}"));
        _user.Respond(1, 500);

        _user.AssertFailed(FailureReason.UnexpectedStatus);
        Assert.Contains("/api/{{user.id}}: the server answered 500", _user.Result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_gives_no_url_fails_it()
    {
        _user.Run(new RequestStep { Path = Template.Literal("no url") });

        _user.AssertFailed(FailureReason.Protocol);
    }

    private void AssertRequest(RequestStep step, int status, bool passes)
    {
        _user.Run(step);
        _user.AssertPending();
        Assert.Equal(["send /api 1"], _user.Asked);
        _user.Respond(1, status);

        if (passes)
        {
            _user.AssertPassed();
        }
        else
        {
            _user.AssertFailed(FailureReason.UnexpectedStatus);
        }
    }
}
