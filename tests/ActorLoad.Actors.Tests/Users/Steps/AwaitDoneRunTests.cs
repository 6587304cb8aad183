using ActorLoad.Actors.Connections;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Tests.Users.Steps;

/// <summary>Steps on a stream that ends with a done marker.</summary>
public sealed class AwaitDoneRunTests
{
    private static readonly AwaitStep Done = new() { Stream = "a", Done = true, Within = TimeSpan.FromSeconds(60) };

    private readonly FakeUser _user = new();

    [Fact]
    public void It_passes_when_the_marker_comes()
    {
        Subscribed(Done);
        _user.Event("a");
        _user.AssertPending();
        Assert.Equal([TimeSpan.FromSeconds(60)], _user.Timers);

        _user.Completed("a");
        _user.AssertPassed();
        Assert.Empty(_user.Timers);
    }

    [Fact]
    public void It_passes_when_the_marker_came_before_it_was_reached()
    {
        Subscribed(Sample.Pause(), Done);
        _user.Completed("a");
        _user.Elapse();

        _user.AssertPassed();
    }

    [Fact]
    public void When_its_time_is_up_it_fails()
    {
        Subscribed(Done);
        _user.Event("a");
        _user.Elapse();

        _user.AssertFailed(FailureReason.AwaitTimeout);
        Assert.Contains("'a' was not done within 60 s, after 1 events", _user.Result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FailureReason.Truncated)]
    [InlineData(FailureReason.Reset)]
    public void It_fails_for_the_reason_for_which_the_stream_ended(FailureReason reason)
    {
        Subscribed(Done);
        _user.Lost("a", reason, Disposition.Stop);

        _user.AssertFailed(reason);
    }

    [Fact]
    public void A_connection_that_comes_back_is_waited_for()
    {
        Subscribed(Done);
        _user.Lost("a", FailureReason.Reset);
        _user.AssertPending();
        _user.Completed("a");

        _user.AssertPassed();
    }

    [Fact]
    public void Without_its_stream_it_fails()
    {
        _user.Run(Done);
        _user.AssertFailed(FailureReason.UnknownStream);
    }

    [Fact]
    public void The_awaits_before_it_keep_their_own_events()
    {
        Subscribed(Sample.Await(type: "x"), Done, Sample.Await(type: "y"));
        _user.Event("a", type: "x");
        _user.Event("a", type: "y");
        _user.Completed("a");

        _user.AssertPassed();
    }

    [Fact]
    public void An_await_is_judged_by_what_came_before_the_marker()
    {
        Subscribed(Sample.Await(events: 2));
        _user.Event("a");
        _user.Completed("a");

        _user.AssertFailed(FailureReason.StreamEnded);
        Assert.Contains("1 of 2 events, and the stream is complete", _user.Result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_await_reached_after_the_marker_looks_at_what_came()
    {
        Subscribed(Sample.Pause(), Sample.Await(events: 2));
        _user.Event("a");
        _user.Event("a", data: "[DONE]");
        _user.Completed("a");
        _user.Elapse();

        _user.AssertPassed();
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_listen_ends_with_the_marker_and_is_judged_by_what_came(int events, bool passes)
    {
        Subscribed(Sample.Listen(minEvents: events));
        _user.Event("a");
        _user.Completed("a");

        if (passes)
        {
            _user.AssertPassed();
        }
        else
        {
            _user.AssertFailed(FailureReason.TooFewEvents);
        }
    }

    [Fact]
    public void A_drop_of_what_is_complete_passes_and_a_reconnect_fails()
    {
        Subscribed(Sample.Pause(), Sample.Drop(), Sample.Reconnect());
        _user.Completed("a");
        _user.Elapse();

        _user.AssertFailed(FailureReason.StreamEnded);
        Assert.Equal(["open a"], _user.Asked);
    }

    [Fact]
    public void A_drop_that_the_marker_overtook_passes()
    {
        Subscribed(Sample.Drop());
        _user.Completed("a");

        _user.AssertPassed();
    }

    [Fact]
    public void A_reconnect_that_the_marker_overtook_fails()
    {
        Subscribed(Sample.Reconnect());
        _user.Completed("a");

        _user.AssertFailed(FailureReason.StreamEnded);
    }

    private void Subscribed(params Step[] steps)
    {
        _user.Run([Sample.Subscribe(), .. steps]);
        _user.Opened("a");
    }
}
