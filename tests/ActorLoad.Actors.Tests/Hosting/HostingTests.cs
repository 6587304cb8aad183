using ActorLoad.Actors.Coordination;
using ActorLoad.Actors.Hosting;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorLoad.Actors.Tests.Hosting;

public sealed class HostingTests
{
    [Fact]
    public async Task Coordinator_and_worker_start_and_the_worker_registers()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddAkka("actorload", akka => akka
            .AddHocon(ActorLoadDefaults.Hocon, HoconAddMode.Prepend)
            .AddHocon("akka.loglevel = OFF\nakka.stdout-loglevel = OFF", HoconAddMode.Prepend)
            .WithActorLoadCoordinator(new CoordinatorOptions("this-machine", "1", TimeProvider.System))
            .WithActorLoadWorker((_, registry) => new WorkerOptions(
                new WorkerId("w"),
                "this-machine",
                "1",
                registry.Get<CoordinatorActor>(),
                scenario => ActorLoadHostingExtensions.Connect(scenario, []),
                TimeProvider.System)));
        using var host = builder.Build();
        await host.StartAsync();

        var coordinator = host.Services.GetRequiredService<IRequiredActor<CoordinatorActor>>().ActorRef;
        var worker = host.Services.GetRequiredService<IRequiredActor<WorkerActor>>().ActorRef;
        Assert.Equal(["user", "coordinator"], coordinator.Path.Elements);
        Assert.Equal(["user", "worker"], worker.Path.Elements);

        // A plan without users and without length: the way through coordinator, worker and back, and nothing else.
        var run = new RunId("run");
        var scenario = new Scenario
        {
            Name = "empty",
            BaseUrl = new Uri("http://127.0.0.1/"),
            Load = LoadPlan.Closed([(TimeSpan.Zero, 0)]),
            UserTypes = [new UserType { Name = "reader", Tasks = [new TaskDefinition("read", 1, [new CloseStep("main")])] }],
        };
        var outcome = await LastAnswerTo(host.Services.GetRequiredService<ActorSystem>(), coordinator, new RunProtocol.SubmitRun(new RunOrder(run, scenario, "", DateTimeOffset.UnixEpoch)));
        Assert.Equal((run, StopReason.Completed, null), (outcome.Run, outcome.Reason, outcome.Problem));
        Assert.Equal(["this-machine"], outcome.Nodes);
        await host.StopAsync();
    }

    // The coordinator tells that it has the run, and of closed seconds, first.
    private static async Task<RunOutcome> LastAnswerTo(ActorSystem system, IActorRef coordinator, RunProtocol.SubmitRun submit)
    {
        using var listener = Inbox.Create(system);
        listener.Send(coordinator, submit);
        while (true)
        {
            if (await listener.ReceiveAsync(TimeSpan.FromSeconds(20)) is not (RunSecond or RunProtocol.SubmitAnswer) and var message)
            {
                return Assert.IsType<RunOutcome>(message);
            }
        }
    }
}
