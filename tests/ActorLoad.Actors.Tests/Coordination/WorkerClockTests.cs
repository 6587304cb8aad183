using System.Text;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Coordination;

/// <summary>A worker is prepared when it knows the target's clock, where the scenario wants that.</summary>
public sealed class WorkerClockTests : WorkerKit
{
    private readonly TaskCompletionSource<FetchResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static Scenario Scenario => SmallScenario.Create((0, 1), (60, 1)) with
    {
        Clock = new ClockSettings { UseTarget = true, Path = "/api/time", Field = "/now", Probes = 1 },
        Http = new HttpSettings
        {
            Headers =
            [
                new HeaderTemplate("Authorization", Template.Parse("Bearer x")),
                new HeaderTemplate("X-User", Template.Parse("{{user.id}}")),
            ],
        },
    };

    [Fact]
    public void It_answers_when_the_target_has_told_the_time_and_says_so_in_every_window()
    {
        var asked = new List<StreamRequest>();
        NextConnector = () => new MemoryConnector
        {
            OnFetch = request =>
            {
                asked.Add(request);
                return Told(1_900_000_000_000);
            },
        };
        PrepareAndStart(Run, Scenario);
        Stop(Run, StopMode.Now);
        ExpectDrained(Run);

        var request = Assert.Single(asked);
        Assert.Equal("/api/time", request.Url.AbsolutePath);

        // Nobody asks as a user.
        Assert.Equal(["Authorization"], request.Headers.Select(h => h.Key));
        Assert.All(Windows(Run), w => Assert.Equal(1, w.Clock!.Probes));
    }

    [Fact]
    public void A_target_that_does_not_tell_is_a_problem_of_preparing()
    {
        NextConnector = () => new MemoryConnector();
        Prepare(Run, Scenario);
        Assert.Equal(
            new WorkerProtocol.Prepared(Run, Id, "clock = target: GET /api/time: the server answered 404", 1),
            Coordinator.ExpectMsg<WorkerProtocol.Prepared>());
        Stop(Run, StopMode.Now);
        Settle(Worker);
        Assert.True(Assert.Single(Connectors).IsDisposed);
    }

    [Fact]
    public void While_it_waits_for_the_target_it_can_be_stopped_and_prepared_for_the_next_run()
    {
        NextConnector = () => new MemoryConnector { OnFetchAsync = _ => _answer.Task };
        Prepare(Run, Scenario);
        Settle(Worker);
        Coordinator.ExpectNoMsg(TimeSpan.Zero);
        Stop(Run, StopMode.Now);
        NextConnector = () => new MemoryConnector();
        PrepareAndStart(Next, SmallScenario.Create((0, 1), (60, 1)));
        _answer.SetResult(Told(1_900_000_000_000));
        Settle(Worker);
        Assert.Equal(1, Users());
        Coordinator.ExpectNoMsg(TimeSpan.Zero);
        Stop(Next, StopMode.Now);
        ExpectDrained(Next);
    }

    private static FetchResult Told(long now) => new(null, "") { Status = 200, Body = Encoding.UTF8.GetBytes($$"""{"now": {{now}}}""") };
}
