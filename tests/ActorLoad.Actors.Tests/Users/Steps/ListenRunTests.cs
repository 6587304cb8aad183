using ActorLoad.Actors.Connections;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Tests.Users.Steps;

public sealed class ListenRunTests
{
    private readonly FakeUser _user = new();

    [Fact]
    public void It_listens_for_its_whole_time()
    {
        Subscribed(Sample.Listen(minEvents: 1));
        Assert.Equal([TimeSpan.FromSeconds(5)], _user.Timers);
        _user.Event("a");
        _user.AssertPending();

        _user.Elapse();
        _user.AssertPassed();
    }

    [Fact]
    public void Too_few_events_fail_it()
    {
        Subscribed(Sample.Listen(minEvents: 3));
        _user.Event("a");
        _user.Event("a");
        _user.Elapse();

        _user.AssertFailed(FailureReason.TooFewEvents);
        Assert.Contains("2 of at least 3 events", _user.Result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Comments_and_heartbeat_events_are_heartbeats()
    {
        Subscribed(Sample.Listen(minHeartbeats: 2));
        _user.Comment("a");
        _user.Event("a", type: "heartbeat");
        _user.Elapse();

        _user.AssertPassed();
    }

    [Fact]
    public void Too_few_heartbeats_fail_it()
    {
        Subscribed(Sample.Listen(minHeartbeats: 1));
        _user.Event("a");
        _user.Elapse();

        _user.AssertFailed(FailureReason.TooFewHeartbeats);
    }

    [Fact]
    public void A_comment_is_no_event()
    {
        Subscribed(Sample.Listen(minEvents: 1));
        _user.Comment("a");
        _user.Elapse();

        _user.AssertFailed(FailureReason.TooFewEvents);
    }

    [Fact]
    public void What_came_since_the_subscribe_counts()
    {
        Subscribed(Sample.Pause(), Sample.Listen(minEvents: 1));
        _user.Event("a");
        _user.Elapse();
        _user.Elapse();

        _user.AssertPassed();
    }

    [Fact]
    public void What_an_earlier_listen_has_seen_does_not_count_again()
    {
        Subscribed(Sample.Listen(minEvents: 1, minHeartbeats: 1), Sample.Listen(minEvents: 1));
        _user.Event("a");
        _user.Comment("a");
        _user.Elapse();
        _user.Elapse();

        _user.AssertFailed(FailureReason.TooFewEvents);
    }

    [Fact]
    public void Heartbeats_of_an_earlier_listen_do_not_count_again()
    {
        Subscribed(Sample.Listen(minHeartbeats: 1), Sample.Listen(minHeartbeats: 1));
        _user.Comment("a");
        _user.Elapse();
        _user.Elapse();

        _user.AssertFailed(FailureReason.TooFewHeartbeats);
    }

    [Fact]
    public void What_an_await_has_consumed_does_not_count_but_what_came_after_it_does()
    {
        Subscribed(Sample.Await(events: 2), Sample.Listen(minEvents: 1), Sample.Listen(minEvents: 1));
        _user.Event("a");
        _user.Event("a");
        _user.Event("a");
        _user.Elapse();
        _user.AssertPending();

        _user.Elapse();
        _user.AssertFailed(FailureReason.TooFewEvents);
    }

    [Fact]
    public void What_came_before_a_reconnect_does_not_count()
    {
        Subscribed(Sample.Drop(), Sample.Reconnect(), Sample.Listen(minEvents: 1));
        _user.Event("a");
        _user.Lost("a", FailureReason.Dropped);
        _user.TakenUp("a");
        _user.Opened("a");
        _user.Elapse();

        _user.AssertFailed(FailureReason.TooFewEvents);
    }

    [Fact]
    public void A_lost_connection_does_not_end_it()
    {
        Subscribed(Sample.Listen(minEvents: 1));
        _user.Lost("a", FailureReason.Reset);
        _user.AssertPending();
        _user.Opened("a");
        _user.Event("a");
        _user.Elapse();

        _user.AssertPassed();
    }

    [Theory]
    [InlineData(FailureReason.Eof)]
    [InlineData(FailureReason.NoContent)]
    public void A_clean_end_is_judged_early_by_what_it_delivered(FailureReason reason)
    {
        Subscribed(Sample.Listen(minEvents: 1));
        _user.Event("a");
        _user.Lost("a", reason, Disposition.Stop);

        _user.AssertPassed();
        Assert.Empty(_user.Timers);
    }

    [Fact]
    public void A_clean_end_with_too_little_fails()
    {
        Subscribed(Sample.Listen(minEvents: 1));
        _user.Lost("a", FailureReason.Eof, Disposition.Stop);

        _user.AssertFailed(FailureReason.TooFewEvents);
    }

    [Fact]
    public void A_broken_end_fails()
    {
        Subscribed(Sample.Listen());
        _user.Lost("a", FailureReason.LineTooLong, Disposition.Stop);

        _user.AssertFailed(FailureReason.StreamEnded);
    }

    [Fact]
    public void Reached_after_the_end_it_judges_at_once()
    {
        Subscribed(Sample.Pause(), Sample.Listen(minEvents: 1));
        _user.Event("a");
        _user.Lost("a", FailureReason.Eof, Disposition.Stop);
        _user.Elapse();

        _user.AssertPassed();
    }

    [Fact]
    public void A_stream_the_user_does_not_have_fails_it()
    {
        _user.Run(Sample.Listen("nowhere"));

        _user.AssertFailed(FailureReason.UnknownStream);
    }

    [Fact]
    public void Cancelled_it_takes_its_timer_back()
    {
        Subscribed(Sample.Listen());
        _user.Cancel();

        Assert.Empty(_user.Timers);
    }

    private void Subscribed(params Step[] steps)
    {
        _user.Run([Sample.Subscribe(), .. steps]);
        _user.Opened("a");
    }
}
