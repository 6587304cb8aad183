using ActorLoad.Actors.Connections;
using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Tests.Users.Steps;

public sealed class ReconnectRunTests
{
    private readonly FakeUser _user = new();

    [Fact]
    public void After_a_drop_it_passes_when_the_stream_is_open_again()
    {
        _user.Has("a");
        _user.Run(Sample.Drop(), Sample.Reconnect());
        _user.Lost("a", FailureReason.Dropped);
        _user.AssertPending();
        Assert.Equal(["drop a", "reconnect a"], _user.Asked);
        Assert.Equal([TimeSpan.FromSeconds(15)], _user.Timers);

        _user.TakenUp("a");
        _user.Opened("a");
        _user.AssertPassed();
        Assert.Empty(_user.Timers);
    }

    [Fact]
    public void An_open_stream_is_cut_first()
    {
        _user.Has("a");
        _user.Run(Sample.Reconnect());

        // News of the connection that is being cut.
        _user.Opened("a");
        _user.AssertPending();

        _user.TakenUp("a");
        _user.Lost("a", FailureReason.Dropped);
        _user.AssertPending();
        _user.Opened("a");
        _user.AssertPassed();
    }

    [Fact]
    public void It_waits_while_supervision_tries_again()
    {
        _user.Has("a", open: false);
        _user.Run(Sample.Reconnect());
        _user.TakenUp("a");
        _user.Lost("a", FailureReason.Connect);
        _user.AssertPending();

        _user.Opened("a");
        _user.AssertPassed();
    }

    [Fact]
    public void It_fails_with_the_reason_for_which_the_stream_ended()
    {
        _user.Has("a", open: false);
        _user.Run(Sample.Reconnect());
        _user.Lost("a", FailureReason.NoContent, Disposition.Stop);

        _user.AssertFailed(FailureReason.NoContent);
    }

    [Fact]
    public void A_stream_that_has_ended_does_not_come_back()
    {
        _user.Has("a");
        _user.Run(Sample.Pause(), Sample.Reconnect());
        _user.Lost("a", FailureReason.Eof, Disposition.Stop);
        _user.Elapse();

        _user.AssertFailed(FailureReason.StreamEnded);
        Assert.Empty(_user.Asked);
    }

    [Fact]
    public void When_its_time_is_up_it_fails()
    {
        _user.Has("a", open: false);
        _user.Run(Sample.Reconnect());
        _user.Elapse();

        _user.AssertFailed(FailureReason.Timeout);
    }

    [Fact]
    public void A_stream_the_user_does_not_have_fails_it()
    {
        _user.Run(Sample.Reconnect("nowhere"));

        _user.AssertFailed(FailureReason.UnknownStream);
    }

    [Fact]
    public void Cancelled_it_takes_its_timer_and_its_expectations_back()
    {
        _user.Has("a", open: false);
        _user.Run(Sample.Reconnect(), Sample.Await());
        _user.Cancel();
        _user.Event("a");

        Assert.Empty(_user.Timers);
        Assert.Equal(0, _user.Met);
    }
}
