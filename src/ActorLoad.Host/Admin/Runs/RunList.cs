using System.Text.Json.Serialization;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Messages.Cluster;

namespace ActorLoad.Host.Admin.Runs;

/// <summary>Answer of <c>GET /api/runs</c>.</summary>
/// <param name="Runs">In the order in which they were submitted.</param>
internal sealed record RunList(string Coordinator, IReadOnlyList<RunStatusJson> Runs)
{
    /// <summary>The run in hand, else the next one of the queue, else the last one that ended; null when there is none.</summary>
    [JsonIgnore]
    public RunStatusJson? Current =>
        Runs.LastOrDefault(r => r.Phase is not (RunPhase.Queued or RunPhase.Ended))
        ?? Runs.FirstOrDefault(r => r.Phase == RunPhase.Queued)
        ?? Runs.LastOrDefault();
}
