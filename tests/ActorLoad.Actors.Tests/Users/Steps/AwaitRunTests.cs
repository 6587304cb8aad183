using ActorLoad.Actors.Connections;
using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Tests.Users.Steps;

public sealed class AwaitRunTests
{
    private readonly FakeUser _user = new();

    [Fact]
    public void It_passes_with_the_last_event_it_waits_for()
    {
        Subscribed(Sample.Await(events: 2));
        _user.Event("a");
        _user.AssertPending();
        Assert.Equal([TimeSpan.FromSeconds(20)], _user.Timers);

        _user.Event("a");
        _user.AssertPassed();
        Assert.Empty(_user.Timers);
    }

    [Fact]
    public void Only_events_of_its_name_count()
    {
        Subscribed(Sample.Await(type: "done"));
        _user.Event("a", type: "");
        _user.Event("a", type: "Done");
        _user.AssertPending();

        _user.Event("a", type: "done");
        _user.AssertPassed();
    }

    [Fact]
    public void An_event_without_a_name_is_a_message()
    {
        Subscribed(Sample.Await(type: "message"));
        _user.Event("a", type: "");

        _user.AssertPassed();
    }

    [Fact]
    public void Only_events_with_its_rendered_data_count()
    {
        Subscribed(Sample.Await(data: "\"to\":{{user.id}}"));
        _user.Event("a", data: "{\"to\":41}");
        _user.AssertPending();

        _user.Event("a", data: "{\"to\":42}");
        _user.AssertPassed();
    }

    [Fact]
    public void Name_and_data_must_be_those_of_one_event()
    {
        Subscribed(Sample.Await(type: "done", data: "x"));
        _user.Event("a", data: "x");
        _user.Event("a", type: "done");

        _user.AssertPending();
    }

    [Fact]
    public void Another_streams_events_do_not_count()
    {
        _user.Has("b");
        Subscribed(Sample.Await());
        _user.Event("b");

        _user.AssertPending();
    }

    [Fact]
    public void When_its_time_is_up_it_tells_what_was_missing()
    {
        Subscribed(Sample.Await(events: 3, type: "tick"));
        _user.Event("a", type: "tick");
        _user.Elapse();

        _user.AssertFailed(FailureReason.AwaitTimeout);
        Assert.Contains("1 of 3 'tick' events", _user.Result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_connection_that_comes_back_is_waited_for()
    {
        Subscribed(Sample.Await(events: 2));
        _user.Event("a");
        _user.Lost("a", FailureReason.Reset);
        _user.AssertPending();

        _user.Opened("a");
        _user.Event("a");
        _user.AssertPassed();
    }

    [Fact]
    public void It_fails_when_the_stream_ends_for_good()
    {
        Subscribed(Sample.Await());
        _user.Lost("a", FailureReason.Eof, Disposition.Stop);

        _user.AssertFailed(FailureReason.StreamEnded);
    }

    [Fact]
    public void Reached_after_the_end_it_fails_at_once()
    {
        Subscribed(Sample.Pause(), Sample.Await());
        _user.Lost("a", FailureReason.Eof, Disposition.Stop);
        _user.Elapse();

        _user.AssertFailed(FailureReason.StreamEnded);
    }

    [Fact]
    public void What_was_delivered_before_the_end_counts()
    {
        Subscribed(Sample.Pause(), Sample.Await());
        _user.Event("a");
        _user.Lost("a", FailureReason.Eof, Disposition.Stop);
        _user.Elapse();

        _user.AssertPassed();
    }

    [Fact]
    public void A_stream_the_user_does_not_have_fails_it()
    {
        _user.Run(Sample.Await("nowhere"));
        _user.AssertFailed(FailureReason.UnknownStream);

        Subscribed(Sample.Close(), Sample.Await());
        _user.AssertFailed(FailureReason.UnknownStream);
    }

    [Fact]
    public void Cancelled_it_takes_its_timer_and_its_expectation_back()
    {
        Subscribed(Sample.Await());
        _user.Cancel();
        _user.Event("a");

        Assert.Empty(_user.Timers);
        Assert.Equal(0, _user.Met);
    }

    [Fact]
    public void A_list_that_failed_leaves_no_expectation_behind()
    {
        Subscribed(Sample.Request(), Sample.Await());
        _user.Respond(2, 500);
        _user.AssertFailed(FailureReason.UnexpectedStatus);
        _user.Event("a");

        Assert.Equal(0, _user.Met);
    }

    private void Subscribed(params ActorLoad.Messages.Scenarios.Step[] steps)
    {
        _user.Run([Sample.Subscribe(), .. steps]);
        _user.Opened("a");
    }
}
