using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Tests.Users.Steps;

/// <summary>Awaits and listens that demand that nothing was missed.</summary>
public sealed class CompleteTests
{
    private readonly FakeUser _user = new();

    [Fact]
    public void An_await_fails_when_events_were_missed_until_it_is_met()
    {
        Subscribed(Await(3));
        Receive(1, 2, 5);

        _user.AssertFailed(FailureReason.Incomplete);
        Assert.Contains("stream 'a' missed 2 events", _user.Result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_await_passes_when_the_hole_has_closed_again()
    {
        Subscribed(Await(4));
        Receive(1, 2, 4, 3);

        _user.AssertPassed();
    }

    [Fact]
    public void An_await_that_does_not_demand_it_does_not_mind()
    {
        Subscribed(Sample.Await(events: 2));
        Receive(1, 9);

        _user.AssertPassed();
    }

    [Fact]
    public void What_an_earlier_step_missed_is_not_held_against_a_later_one()
    {
        Subscribed(Sample.Await(events: 2), Await(2), Listen());
        Receive(1, 9, 10, 11);
        _user.AssertPending();

        _user.Elapse();
        _user.AssertPassed();
    }

    [Fact]
    public void A_hole_that_closes_later_makes_up_for_nothing_that_is_missed_since()
    {
        Subscribed(Sample.Await(events: 2), Listen());
        Receive(1, 4, 6, 2, 3);
        _user.Elapse();

        _user.AssertFailed(FailureReason.Incomplete);
        Assert.Contains("missed 1 event", _user.Result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_listen_looks_back_to_the_step_before_it()
    {
        Subscribed(Sample.Pause(), Listen());
        Receive(1, 3);
        _user.Elapse();
        _user.Elapse();

        _user.AssertFailed(FailureReason.Incomplete);
    }

    [Fact]
    public void A_listen_with_too_few_events_says_that()
    {
        Subscribed(Listen() with { MinEvents = 5 });
        Receive(1, 3);
        _user.Elapse();

        _user.AssertFailed(FailureReason.TooFewEvents);
    }

    [Fact]
    public void What_was_missed_before_a_reconnect_does_not_count_but_what_is_noticed_after_it_does()
    {
        Subscribed(Sample.Drop(), Sample.Reconnect(), Await(1), Await(1));
        Receive(1, 3);
        _user.Lost("a", FailureReason.Dropped);
        _user.TakenUp("a");
        _user.Opened("a");
        Receive(4);
        _user.AssertPending();
        Receive(6);

        _user.AssertFailed(FailureReason.Incomplete);
    }

    private static AwaitStep Await(int events) => Sample.Await(events: events) with { Complete = true };

    private static ListenStep Listen() => Sample.Listen() with { Complete = true };

    private void Subscribed(params Step[] steps)
    {
        var settings = new StreamSettings { Measure = new MeasureSettings { Sequence = "id" } };
        _user.Run([Sample.Subscribe() with { Settings = settings }, .. steps]);
        _user.Opened("a");
    }

    private void Receive(params long[] ids)
    {
        foreach (var id in ids)
        {
            _user.Numbered("a", id);
        }
    }
}
