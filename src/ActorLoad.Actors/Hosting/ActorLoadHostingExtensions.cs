using ActorLoad.Actors.Coordination;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using Akka.Actor;
using Akka.Hosting;

namespace ActorLoad.Actors.Hosting;

/// <summary>Puts ActorLoad's actors into an Akka.Hosting configuration.</summary>
public static class ActorLoadHostingExtensions
{
    /// <summary>Starts the coordinator as <c>/user/coordinator</c> and registers it under <see cref="CoordinatorActor"/>.</summary>
    public static AkkaConfigurationBuilder WithActorLoadCoordinator(this AkkaConfigurationBuilder builder, CoordinatorOptions options) =>
        builder.WithActors((system, registry, _) =>
            registry.Register<CoordinatorActor>(system.ActorOf(CoordinatorActor.Props(options), "coordinator")));

    /// <summary>Starts a worker as <c>/user/worker</c>, registers it under <see cref="WorkerActor"/> and with the coordinator.</summary>
    public static AkkaConfigurationBuilder WithActorLoadWorker(this AkkaConfigurationBuilder builder, string node, string version) =>
        builder.WithActors((system, registry, _) =>
        {
            var id = new WorkerId($"{node}#{Environment.ProcessId}");
            var coordinator = registry.Get<CoordinatorActor>();
            var options = new WorkerOptions(id, node, version, coordinator, Connect, TimeProvider.System);
            var worker = system.ActorOf(WorkerActor.Props(options), "worker");
            registry.Register<WorkerActor>(worker);
            coordinator.Tell(new WorkerProtocol.Register(id, node, options.Capacity, null), worker);
        });

    private static HttpSseConnector Connect(Scenario scenario)
    {
        var maxHeaders = scenario.UserTypes
            .SelectMany(t => t.OnStart.Concat(t.OnStop).Concat(t.Tasks.SelectMany(task => task.Steps)))
            .SelectMany(Flatten)
            .OfType<SubscribeStep>()
            .Select(s => s.Settings.Limits.MaxHeaders)
            .DefaultIfEmpty(new LimitSettings().MaxHeaders)
            .Max();
        return new HttpSseConnector(scenario.Http, maxHeaders);
    }

    private static IEnumerable<Step> Flatten(Step step) =>
        step is ParallelStep parallel ? parallel.Branches.SelectMany(b => b.SelectMany(Flatten)) : [step];
}
