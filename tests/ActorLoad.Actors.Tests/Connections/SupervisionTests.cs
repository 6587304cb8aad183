using ActorLoad.Actors.Connections;
using ActorLoad.Actors.Users;
using ActorLoad.Messages.Failures;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Connections;

/// <summary>What becomes of a connection, reason by reason, under the strategy that users have.</summary>
public sealed class SupervisionTests : ConnectionSpec
{
    public static TheoryData<FailureReason, int, bool> Failures
    {
        get
        {
            var data = new TheoryData<FailureReason, int, bool>();
            foreach (var reason in Enum.GetValues<FailureReason>().Except([FailureReason.Dropped, FailureReason.Status]))
            {
                var restarts = reason is FailureReason.Eof or FailureReason.Truncated or FailureReason.Reset
                    or FailureReason.Stalled or FailureReason.Timeout or FailureReason.Connect;
                data.Add(reason, 0, restarts);
            }

            data.Add(FailureReason.Status, 503, true);
            data.Add(FailureReason.Status, 404, false);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Every_reason_restarts_or_stops_it(FailureReason reason, int status, bool restarts)
    {
        Start();
        (await Network.NextAsync()).Fail(reason, status);
        await LostAsync(reason);

        if (restarts)
        {
            await AdvanceAsync(1);
            Assert.Equal(2, Network.Attempts);
        }
        else
        {
            await GoneAsync();
        }
    }

    [Fact]
    public void A_failure_that_is_no_connections_escalates()
    {
        Assert.Equal(Directive.Escalate, ReconnectStrategy.Decide(new InvalidOperationException()));
        Assert.Equal(Directive.Escalate, ReconnectStrategy.Decide(new IOException()));
        Assert.Equal(
            Directive.Restart, ReconnectStrategy.Decide(new ConnectionFailure(FailureReason.Eof, 0, "", Disposition.Restart)));
        Assert.Equal(
            Directive.Stop, ReconnectStrategy.Decide(new ConnectionFailure(FailureReason.Eof, 0, "", Disposition.Stop)));
    }

    [Fact]
    public async Task A_connector_that_throws_escalates()
    {
        Start();
        (await Network.NextAsync()).Crash(new InvalidOperationException("a defect"));

        await EscalatedAsync();
        Assert.Equal(["attempt"], Observer.Calls);
    }

    [Fact]
    public async Task A_defect_in_the_graph_escalates_and_leaves_nothing()
    {
        Start();
        var body = await OpenAsync();
        Observer.On = call => _ = call == "event <1>" ? throw new InvalidOperationException("a defect") : call;
        body.Feed("data: 1\n\n");

        await EscalatedAsync();
        await body.Disposed.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(["attempt", "opened 1 <>", "event <1>", "closed"], Observer.Calls);
    }
}
