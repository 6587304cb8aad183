using ActorLoad.Actors.Connections;
using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Tests.Users.Steps;

/// <summary>Lists of steps, one after the other and side by side.</summary>
public sealed class SequenceRunTests
{
    private readonly FakeUser _user = new();

    [Fact]
    public void No_steps_pass_at_once()
    {
        _user.Run();

        _user.AssertPassed();
    }

    [Fact]
    public void Steps_run_in_their_order()
    {
        _user.Run(Sample.Subscribe(), Sample.Request(), Sample.Close());
        Assert.Equal(["open a"], _user.Asked);
        _user.Opened("a");
        Assert.Equal(["open a", "send /api 2"], _user.Asked);
        _user.Respond(2, 200);

        Assert.Equal(["open a", "send /api 2", "close a"], _user.Asked);
        _user.AssertPassed();
    }

    [Fact]
    public void A_failure_ends_the_list()
    {
        _user.Run(Sample.Request(), Sample.Request("/never"));
        _user.Respond(1, 500);

        _user.AssertFailed(FailureReason.UnexpectedStatus);
        Assert.Equal(["send /api 1"], _user.Asked);
    }

    [Fact]
    public void A_long_list_of_steps_that_pass_at_once_needs_no_stack()
    {
        _user.Run([.. Enumerable.Repeat(Sample.Close("nowhere"), 100_000)]);

        _user.AssertPassed();
    }

    [Fact]
    public void Parallel_passes_when_all_branches_have()
    {
        _user.Run(Sample.Parallel([Sample.Request("/x")], [Sample.Request("/y"), Sample.Pause()], [Sample.Close("nowhere")]));
        Assert.Equal(["send /x 1", "send /y 2"], _user.Asked);
        _user.Respond(2, 200);
        _user.Respond(1, 200);
        _user.AssertPending();

        _user.Elapse();
        _user.AssertPassed();
    }

    [Fact]
    public void Parallel_of_nothing_passes()
    {
        _user.Run(Sample.Parallel(), Sample.Parallel([], []));

        _user.AssertPassed();
    }

    [Fact]
    public void The_first_failure_cancels_the_other_branches()
    {
        _user.Has("a");
        _user.Run(Sample.Parallel([Sample.Pause()], [Sample.Request()], [Sample.Await()]));
        Assert.Equal(2, _user.Timers.Count);
        _user.Respond(2, 500);

        _user.AssertFailed(FailureReason.UnexpectedStatus);
        _user.Event("a");
        Assert.Equal(0, _user.Met);
    }

    [Fact]
    public void A_branch_that_fails_at_once_keeps_the_later_ones_from_starting()
    {
        _user.Run(Sample.Parallel([Sample.Pause()], [Sample.Drop("nowhere")], [Sample.Request("/never")]));

        _user.AssertFailed(FailureReason.UnknownStream);
        Assert.Empty(_user.Asked);
    }

    [Fact]
    public void Cancelled_a_parallel_step_takes_everything_back()
    {
        _user.Has("a");
        _user.Run(Sample.Parallel([Sample.Pause(), Sample.Pause()], [Sample.Await()], [Sample.Parallel([Sample.Pause(2)])]));
        Assert.Equal(3, _user.Timers.Count);
        _user.Cancel();
        _user.Event("a");

        Assert.Empty(_user.Timers);
        Assert.Equal(0, _user.Met);
    }

    [Fact]
    public void Branches_nest()
    {
        _user.Run(Sample.Parallel([Sample.Parallel([Sample.Request("/x")], [Sample.Request("/y")])]), Sample.Request("/z"));
        _user.Respond(1, 200);
        _user.Respond(2, 200);

        Assert.Equal("send /z 3", _user.Asked[^1]);
    }

    [Fact]
    public void One_event_may_meet_awaits_of_two_branches()
    {
        _user.Has("a");
        _user.Run(Sample.Parallel([Sample.Await()], [Sample.Await()]));
        _user.Event("a");

        _user.AssertPassed();
    }

    [Fact]
    public void A_stream_opened_in_a_branch_is_there_after_it()
    {
        _user.Run(Sample.Parallel([Sample.Subscribe()], [Sample.Subscribe("b")]), Sample.Await(), Sample.Await("b"));
        _user.Opened("b");
        _user.Opened("a");
        _user.Event("a");
        _user.AssertPending();

        _user.Event("b");
        _user.AssertPassed();
    }

    [Fact]
    public void The_end_of_a_stream_fails_whoever_waits_for_it()
    {
        _user.Has("a");
        _user.Run(Sample.Parallel([Sample.Pause()], [Sample.Await()]));
        _user.Lost("a", FailureReason.Eof, Disposition.Stop);

        _user.AssertFailed(FailureReason.StreamEnded);
    }
}
