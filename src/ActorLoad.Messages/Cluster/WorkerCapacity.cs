namespace ActorLoad.Messages.Cluster;

/// <summary>What a worker's machine allows it; a number is null where the machine does not tell.</summary>
/// <param name="OpenFiles">Open files and sockets of its process.</param>
/// <param name="LocalPorts">Local ports of one source address towards one address and port of a target.</param>
public sealed record WorkerCapacity(long? OpenFiles, long? LocalPorts, int Processors)
{
    /// <summary>Local addresses that this worker connects from, ranges included, in place of the scenario's; none = the scenario's.</summary>
    public IReadOnlyList<string> SourceAddresses { get; init; } = [];
}
