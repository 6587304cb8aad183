using Akka.Actor;
using Akka.Cluster;

namespace ActorLoad.Actors.Coordination.SplitBrain;

/// <summary>
/// Akka.Cluster's downing provider with <see cref="CoordinatorMajority"/>: <c>akka.cluster.downing-provider-class</c> names it. Settings:
/// <c>actorload.split-brain { stable-after, coordinator-role }</c>.
/// </summary>
/// <param name="system">Given by Akka.Cluster.</param>
/// <param name="cluster">Given by Akka.Cluster.</param>
public sealed class SplitBrainDowning(ActorSystem system, Akka.Cluster.Cluster cluster) : IDowningProvider
{
    private readonly Akka.Configuration.Config _settings = system.Settings.Config.GetConfig("actorload.split-brain");

    /// <summary>For so long nobody takes the place of a singleton whose node was declared dead: that node stops in this time.</summary>
    public TimeSpan DownRemovalMargin => StableAfter;

    public Props DowningActorProps =>
        SplitBrainActor.Props(new AkkaSplitCluster(cluster, _settings.GetString("coordinator-role")), StableAfter, TimeProvider.System);

    private TimeSpan StableAfter => _settings.GetTimeSpan("stable-after");
}
