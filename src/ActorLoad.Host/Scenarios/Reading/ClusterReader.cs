using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>Reads <c>scenario.cluster</c>: what the run expects of its workers.</summary>
internal static class ClusterReader
{
    /// <summary>More workers than any cluster of this kind has.</summary>
    public const int MostWorkers = 1000;

    public static ClusterSettings Read(Section scenario)
    {
        var defaults = new ClusterSettings();
        if (scenario.Object("cluster", "an object such as { min-workers = 3 }") is not { } cluster)
        {
            return defaults;
        }

        var settings = new ClusterSettings
        {
            MinWorkers = cluster.Value("min-workers", ValueKinds.Whole(1, MostWorkers), defaults.MinWorkers),
            WorkerTimeout = cluster.Value("worker-timeout", ValueKinds.PositiveDuration, defaults.WorkerTimeout),
            OnWorkerLost = cluster.Value("on-worker-lost", ValueKinds.OneOf<WorkerLossAction>(), defaults.OnWorkerLost),
            OrphanTimeout = cluster.Value("orphan-timeout", ValueKinds.PositiveDuration, defaults.OrphanTimeout),
        };
        cluster.Close();
        return settings;
    }
}
