using ActorLoad.Actors.Connections;
using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Tests.Users.Steps;

public sealed class DropRunTests
{
    private readonly FakeUser _user = new();

    [Fact]
    public void It_passes_when_the_connection_is_cut()
    {
        _user.Has("a");
        _user.Run(Sample.Drop());
        _user.AssertPending();
        Assert.Equal(["drop a"], _user.Asked);

        _user.Lost("a", FailureReason.Dropped);
        _user.AssertPassed();
    }

    [Fact]
    public void Another_streams_loss_is_none_of_its_business()
    {
        _user.Has("a");
        _user.Has("b");
        _user.Run(Sample.Drop());
        _user.Lost("b", FailureReason.Reset);

        _user.AssertPending();
    }

    [Fact]
    public void A_stream_that_is_away_is_told_to_stay_away()
    {
        _user.Has("a", open: false);
        _user.Run(Sample.Drop());

        _user.AssertPassed();
        Assert.Equal(["drop a"], _user.Asked);
    }

    [Fact]
    public void A_stream_that_has_ended_has_nothing_to_cut()
    {
        _user.Has("a");
        _user.Run(Sample.Pause(), Sample.Drop());
        _user.Lost("a", FailureReason.Eof, Disposition.Stop);
        _user.Elapse();

        _user.AssertPassed();
        Assert.Empty(_user.Asked);
    }

    [Fact]
    public void A_stream_the_user_does_not_have_fails_it()
    {
        _user.Run(Sample.Drop("nowhere"));

        _user.AssertFailed(FailureReason.UnknownStream);
    }
}
