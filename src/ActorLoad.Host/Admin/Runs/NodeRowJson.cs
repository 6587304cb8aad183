using ActorLoad.Messages.Cluster;

namespace ActorLoad.Host.Admin.Runs;

/// <summary>One registered worker; levels are those of its last second, zero while it runs nothing.</summary>
/// <param name="OpenFiles">That its process may have; null where the machine does not tell.</param>
/// <param name="LocalPorts">Of one source address towards one address and port of a target; null where the machine does not tell.</param>
/// <param name="Run">The run that it takes part in, else null.</param>
/// <param name="ClockOffsetMs">The coordinator's clock minus the worker's, true within plus and minus <paramref name="ClockErrorMs"/>; null until measured.</param>
internal sealed record NodeRowJson(
    string Node,
    string Worker,
    long? OpenFiles,
    long? LocalPorts,
    int Processors,
    IReadOnlyList<string> SourceAddresses,
    string? Run,
    int Shares,
    long UsersActive,
    long StreamsOpen,
    double CpuShare,
    double LagMs,
    double? ClockOffsetMs,
    double? ClockErrorMs)
{
    public static NodeRowJson From(NodeRow row) => new(
        row.Node,
        row.Worker.Value,
        row.Capacity.OpenFiles,
        row.Capacity.LocalPorts,
        row.Capacity.Processors,
        row.Capacity.SourceAddresses,
        row.Run?.Value,
        row.Shares,
        row.UsersActive,
        row.StreamsOpen,
        row.CpuShare,
        row.LagMs,
        row.ClockOffsetMs,
        row.ClockErrorMs);
}
