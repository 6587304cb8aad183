using ActorLoad.Actors.Connections;
using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Tests.Users.Steps;

public sealed class SubscribeRunTests
{
    private readonly FakeUser _user = new();

    [Fact]
    public void It_passes_when_the_stream_is_open()
    {
        _user.Run(Sample.Subscribe());
        _user.AssertPending();
        Assert.Equal([TimeSpan.FromSeconds(10)], _user.Timers);

        _user.Opened("a");

        _user.AssertPassed();
        Assert.Empty(_user.Timers);
        Assert.Equal(["open a"], _user.Asked);
    }

    [Fact]
    public void Another_streams_opening_is_none_of_its_business()
    {
        _user.Has("b");
        _user.Run(Sample.Subscribe());
        _user.Opened("b");

        _user.AssertPending();
    }

    [Fact]
    public void The_opening_of_a_stream_it_replaces_is_none_of_its_business()
    {
        _user.Has("a");
        _user.Run(Sample.Subscribe());
        _user.ReplacedOpened("a");

        _user.AssertPending();
    }

    [Fact]
    public void It_waits_while_supervision_tries_again()
    {
        _user.Run(Sample.Subscribe());
        _user.Lost("a", FailureReason.Connect);
        _user.AssertPending();

        _user.Opened("a");
        _user.AssertPassed();
    }

    [Fact]
    public void It_fails_with_the_reason_for_which_the_stream_ended()
    {
        _user.Run(Sample.Subscribe());
        _user.Lost("a", FailureReason.ContentType, Disposition.Stop);

        _user.AssertFailed(FailureReason.ContentType);
    }

    [Fact]
    public void When_its_time_is_up_it_tells_what_went_wrong_last()
    {
        _user.Run(Sample.Subscribe());
        _user.Lost("a", FailureReason.Connect);
        _user.Elapse();

        _user.AssertFailed(FailureReason.Timeout);
        Assert.Contains("because of connect", _user.Result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_gives_no_url_fails_it()
    {
        _user.Run(Sample.Subscribe(path: "no url"));

        _user.AssertFailed(FailureReason.Protocol);
    }

    [Fact]
    public void Cancelled_it_takes_its_timer_back()
    {
        _user.Run(Sample.Subscribe(), Sample.Await());
        _user.Cancel();
        _user.Event("a");

        Assert.Empty(_user.Timers);
        Assert.Equal(0, _user.Met);
    }
}
