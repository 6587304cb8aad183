using ActorLoad.Actors.Coordination;
using ActorLoad.Actors.Transport;
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

    /// <summary>Starts a worker as <c>/user/worker</c> and registers it under <see cref="WorkerActor"/>; it greets its coordinator by itself.</summary>
    /// <param name="options">Called once the actors that were configured before are there.</param>
    public static AkkaConfigurationBuilder WithActorLoadWorker(
        this AkkaConfigurationBuilder builder, Func<ActorSystem, IActorRegistry, WorkerOptions> options) =>
        builder.WithActors((system, registry, _) =>
        {
            var made = options(system, registry);
            registry.Register<WorkerActor>(system.ActorOf(WorkerActor.Props(made), "worker"));
        });

    /// <summary>The transport of one run of this scenario on this node.</summary>
    /// <param name="sourceAddresses">The node's own, ranges included: they take the place of the scenario's; none = the scenario's.</param>
    /// <exception cref="InvalidDataException">A TLS file cannot be used, or a source address is not one of this machine.</exception>
    public static HttpSseConnector Connect(Scenario scenario, IReadOnlyList<string> sourceAddresses)
    {
        var maxHeaders = scenario.UserTypes
            .SelectMany(t => t.OnStart.Concat(t.OnStop).Concat(t.Tasks.SelectMany(task => task.Steps)))
            .SelectMany(Flatten)
            .OfType<SubscribeStep>()
            .Select(s => s.Settings.Limits.MaxHeaders)
            .DefaultIfEmpty(new LimitSettings().MaxHeaders)
            .Max();
        var http = sourceAddresses.Count == 0 ? scenario.Http : scenario.Http with { SourceAddresses = sourceAddresses };
        return new HttpSseConnector(http, maxHeaders);
    }

    private static IEnumerable<Step> Flatten(Step step) =>
        step is ParallelStep parallel ? parallel.Branches.SelectMany(b => b.SelectMany(Flatten)) : [step];
}
