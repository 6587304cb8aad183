using ActorLoad.Actors.Connections;
using ActorLoad.Messages.Failures;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Connections;

/// <summary>A stream's observer hears once that the stream has come to its end, whoever ended it, and not before.</summary>
public sealed class RetirementTests : ConnectionSpec
{
    [Fact]
    public async Task A_restart_is_no_end()
    {
        Start();
        (await OpenAsync()).End();
        await LostAsync(FailureReason.Eof);
        await AdvanceAsync(1);
        await OpenAsync();
        Assert.Equal(0, Observer.Retired);
    }

    [Fact]
    public async Task A_user_that_closes_the_stream_ends_it()
    {
        Start();
        await OpenAsync();
        Sys.Stop(Connection);
        await GoneAsync();
        Assert.Equal(1, Observer.Retired);
    }

    [Fact]
    public async Task So_does_a_failure_that_is_permanent()
    {
        Start();
        (await Network.NextAsync()).Fail(FailureReason.Status, 404);
        await LostAsync(FailureReason.Status);
        await GoneAsync();
        Assert.Equal(1, Observer.Retired);
    }

    [Fact]
    public async Task And_the_end_after_a_restart()
    {
        Start();
        (await Network.NextAsync()).Fail(FailureReason.Connect, 0);
        await LostAsync(FailureReason.Connect);
        await SettleAsync();
        Sys.Stop(Connection);
        await GoneAsync();
        Assert.Equal(1, Observer.Retired);
    }
}
