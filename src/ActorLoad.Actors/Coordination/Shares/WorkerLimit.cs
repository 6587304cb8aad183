using ActorLoad.Actors.Transport.Dialing;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Coordination.Shares;

/// <summary>What a worker's machine can hold of a scenario. Plain logic.</summary>
internal static class WorkerLimit
{
    /// <summary>Of a process: runtime, log, spool, pooled connections of plain requests, the cluster's own.</summary>
    private const int OtherFiles = 150;

    /// <returns>Connections at once; null when the worker does not tell.</returns>
    public static long? Connections(WorkerCapacity capacity, Scenario scenario)
    {
        var files = capacity.OpenFiles is { } open ? Math.Max(0, open - OtherFiles) : (long?)null;
        var names = capacity.SourceAddresses.Count > 0 ? capacity.SourceAddresses : scenario.Http.SourceAddresses;
        var ports = StreamDemand.HasOneTarget(scenario)
            ? capacity.LocalPorts * Math.Max(1, names.Sum(a => (long)(AddressRange.Parse(a)?.Count ?? 0)))
            : null;
        return (files, ports) switch
        {
            ({ } f, { } p) => Math.Min(f, p),
            _ => files ?? ports,
        };
    }

    /// <returns>How many of <paramref name="of"/> shares it can hold; <see cref="int.MaxValue"/> when there is no limit.</returns>
    public static int Shares(WorkerCapacity capacity, Scenario scenario, int of)
    {
        var need = StreamDemand.Connections(scenario);
        return need > 0 && Connections(capacity, scenario) is { } holds && holds < need ? (int)((double)holds / need * of) : int.MaxValue;
    }
}
