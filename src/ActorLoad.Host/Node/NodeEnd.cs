using ActorLoad.Host.Cli;
using Akka.Actor;

namespace ActorLoad.Host.Node;

/// <summary>How a node came to its end.</summary>
/// <param name="Message">One sentence for whoever started it; null when there is nothing to say.</param>
internal sealed record NodeEnd(int ExitCode, string? Message)
{
    /// <param name="spool">A folder with windows of a run that no coordinator has confirmed to have reported; null = there is none.</param>
    public static NodeEnd Of(CoordinatedShutdown.Reason? reason, NodeOptions node, string? spool) => reason switch
    {
        CoordinatedShutdown.ClusterJoinUnsuccessfulReason => new(
            ExitCodes.Failed,
            $"no seed node answered within {node.JoinTimeout.TotalSeconds:0.###} s{(node.Seeds.Count > 0 ? $" ({string.Join(", ", node.Seeds)})" : "")}: check --seed, and that all nodes use the same TLS settings"),
        CoordinatedShutdown.ClusterDowningReason => new(
            ExitCodes.Failed, "this node was taken out of the cluster: it was cut off from the coordinators, or downed by an operator" + Kept(spool)),
        CoordinatedShutdown.ClusterLeavingReason or CoordinatedShutdown.ClrExitReason or CoordinatedShutdown.ActorSystemTerminateReason =>
            new(ExitCodes.Passed, spool is null ? null : "this node has left" + Kept(spool)),
        _ => new(ExitCodes.Failed, $"the actor system ended ({reason?.GetType().Name ?? "for no known reason"})" + Kept(spool)),
    };

    /// <summary>It could not go on.</summary>
    /// <param name="spool">As above.</param>
    public static NodeEnd Because(string problem, string? spool) => new(ExitCodes.Failed, problem + Kept(spool));

    private static string Kept(string? spool) => spool is null
        ? ""
        : $"; what its worker measured and nobody has confirmed to have reported is in {spool} ('actorload report' reads it)";
}
