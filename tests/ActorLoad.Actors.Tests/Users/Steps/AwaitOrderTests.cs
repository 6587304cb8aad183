using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Tests.Users.Steps;

/// <summary>Which events count for which await.</summary>
public sealed class AwaitOrderTests
{
    private readonly FakeUser _user = new();

    [Fact]
    public void Events_that_come_with_the_opening_are_not_missed()
    {
        _user.Run(Sample.Subscribe(), Sample.Await(events: 2));
        _user.Event("a");
        _user.Event("a");
        _user.Opened("a");

        _user.AssertPassed();
    }

    [Fact]
    public void Events_between_two_steps_are_not_missed()
    {
        Subscribed(Sample.Pause(), Sample.Await(type: "x"), Sample.Request(), Sample.Await(type: "y"));
        _user.Event("a", type: "x");
        _user.Elapse();
        _user.Event("a", type: "y");
        _user.AssertPending();

        _user.Respond(3, 200);
        _user.AssertPassed();
    }

    [Fact]
    public void Awaits_consume_events_in_their_order()
    {
        Subscribed(Sample.Await(type: "x"), Sample.Await(type: "y"));
        _user.Event("a", type: "y");
        _user.Event("a", type: "x");
        _user.AssertPending();

        _user.Event("a", type: "y");
        _user.AssertPassed();
    }

    [Fact]
    public void One_event_does_not_meet_two_awaits()
    {
        Subscribed(Sample.Await(), Sample.Await());
        _user.Event("a");

        _user.AssertPending();
    }

    [Fact]
    public void Awaits_on_two_streams_do_not_hinder_each_other()
    {
        _user.Run(Sample.Subscribe(), Sample.Subscribe("b"), Sample.Await("b"), Sample.Await());
        _user.Opened("a");
        _user.Event("a");
        _user.Opened("b");
        _user.AssertPending();

        _user.Event("b");
        _user.AssertPassed();
    }

    [Fact]
    public void On_a_stream_of_an_earlier_list_events_count_from_the_start_of_this_one()
    {
        _user.Has("a");
        _user.Event("a");
        _user.Run(Sample.Pause(), Sample.Await(events: 2));
        _user.Event("a");
        _user.Elapse();
        _user.AssertPending();

        _user.Event("a");
        _user.AssertPassed();
    }

    [Fact]
    public void After_a_listen_only_later_events_count()
    {
        Subscribed(Sample.Listen(), Sample.Pause(), Sample.Await(events: 2));
        _user.Event("a");
        _user.Elapse();
        _user.Event("a");
        _user.Elapse();
        _user.AssertPending();

        _user.Event("a");
        _user.AssertPassed();
    }

    [Fact]
    public void After_a_drop_events_from_before_it_do_not_count()
    {
        Subscribed(Sample.Await(), Sample.Drop(), Sample.Await());
        _user.Event("a");
        _user.Event("a");
        _user.Lost("a", FailureReason.Dropped);
        _user.AssertPending();

        _user.Elapse();
        _user.AssertFailed(FailureReason.AwaitTimeout);
    }

    [Fact]
    public void After_a_reconnect_only_events_since_then_count()
    {
        Subscribed(Sample.Drop(), Sample.Reconnect(), Sample.Await());
        _user.Event("a");
        _user.Lost("a", FailureReason.Dropped);
        _user.TakenUp("a");
        _user.Opened("a");
        _user.AssertPending();

        _user.Event("a");
        _user.AssertPassed();
    }

    [Fact]
    public void A_replayed_event_that_comes_with_the_reconnect_is_not_missed()
    {
        Subscribed(Sample.Drop(), Sample.Reconnect(), Sample.Await());
        _user.Lost("a", FailureReason.Dropped);
        _user.TakenUp("a");
        _user.Event("a");
        _user.Opened("a");

        _user.AssertPassed();
    }

    [Fact]
    public void A_second_subscribe_starts_anew()
    {
        Subscribed(Sample.Await(), Sample.Subscribe(), Sample.Await());
        _user.Event("a");
        _user.Opened("a");
        _user.AssertPending();

        _user.Event("a");
        _user.AssertPassed();
    }

    private void Subscribed(params ActorLoad.Messages.Scenarios.Step[] steps)
    {
        _user.Run([Sample.Subscribe(), .. steps]);
        _user.Opened("a");
    }
}
