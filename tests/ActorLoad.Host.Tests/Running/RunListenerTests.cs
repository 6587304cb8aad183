using ActorLoad.Host.Running;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using Akka.Actor;

namespace ActorLoad.Host.Tests.Running;

public sealed class RunListenerTests : IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("test", "akka.loglevel = OFF\nakka.stdout-loglevel = OFF");

    public void Dispose() => _system.Dispose();

    [Fact]
    public async Task A_run_that_is_refused_ends_with_the_reason()
    {
        var outcome = new TaskCompletionSource<RunOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var coordinator = _system.ActorOf(Props.Create(() => new Refusing()));
        var scenario = new Scenario { Name = "x", BaseUrl = new Uri("http://127.0.0.1/"), Load = LoadPlan.Closed([]), UserTypes = [] };
        var submit = new RunProtocol.SubmitRun(new RunOrder(new RunId("run"), scenario, "", DateTimeOffset.UnixEpoch));
        _system.ActorOf(Props.Create(() => new RunListenerActor(coordinator, submit, Ignore, outcome)));
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => outcome.Task.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal("the run was refused: no such luck", refused.Message);
    }

    private static void Ignore(RunSecond second)
    {
    }

    private sealed class Refusing : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is RunProtocol.SubmitRun submit)
            {
                Sender.Tell(new RunProtocol.SubmitAnswer(submit.Run, 0, "no such luck"));
            }
        }
    }
}
