using System.Globalization;
using ActorLoad.Host.Scenarios.Reading;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios;

/// <summary>The <c>cluster</c> object of a scenario, as HOCON and for people.</summary>
internal static class ClusterText
{
    public static void Write(HoconWriter writer, ClusterSettings cluster) => writer.Block("cluster", () =>
    {
        writer.Set("min-workers", cluster.MinWorkers.ToString(CultureInfo.InvariantCulture));
        writer.Set("worker-timeout", Units.Text(cluster.WorkerTimeout));
        writer.Set("on-worker-lost", Name(cluster.OnWorkerLost));
        writer.Set("orphan-timeout", Units.Text(cluster.OrphanTimeout));
    });

    /// <returns>Null when everything is as by default: most scenarios never see a cluster.</returns>
    public static string? Describe(ClusterSettings cluster)
    {
        if (cluster == new ClusterSettings())
        {
            return null;
        }

        var loss = cluster.OnWorkerLost switch
        {
            WorkerLossAction.Redistribute => "the others take over from a lost one",
            WorkerLossAction.Continue => "goes on without a lost one",
            _ => "a lost one fails the run",
        };
        return $"at least {PlanDescription.Count(cluster.MinWorkers, "worker")} within {Units.Text(cluster.WorkerTimeout)}, {loss}, "
            + $"drains after {Units.Text(cluster.OrphanTimeout)} without a coordinator";
    }

    private static string Name(WorkerLossAction action) => FailureNames.Join(action.ToString(), '-');
}
