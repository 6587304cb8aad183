using System.Net.Sockets;
using Akka.Actor;
using Akka.Cluster;

namespace ActorLoad.Host.Node;

/// <summary>Joins the cluster that a node's seeds belong to.</summary>
internal static class NodeJoining
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    /// <summary>Begins to join, as soon as every seed that is a name in DNS has an address.</summary>
    /// <returns>Why it could not begin; null = the cluster does the rest.</returns>
    public static async Task<string?> JoinAsync(ActorSystem system, NodeOptions node, CancellationToken cancellation)
    {
        var cluster = Cluster.Get(system);
        if (node.WaitsToJoin)
        {
            return null;
        }

        if (node.Seeds.Count == 0)
        {
            cluster.Join(cluster.SelfAddress);
            return null;
        }

        var seeds = new List<Address>();
        var began = TimeProvider.System.GetTimestamp();
        foreach (var seed in node.Seeds.Select(s => SeedAddress.Parse(s)!))
        {
            var (hosts, problem) = await ResolveAsync(
                seed.ResolveAsync, node.JoinTimeout - TimeProvider.System.GetElapsedTime(began), TimeProvider.System, cancellation).ConfigureAwait(false);
            if (problem is not null)
            {
                return $"--seed dns:{seed.Host}:{seed.Port}: the name had no address within {node.JoinTimeout.TotalSeconds:0.###} s: {problem}";
            }

            seeds.AddRange(hosts.Select(h => new Address(cluster.SelfAddress.Protocol, NodeHost.SystemName, h, seed.Port)));
        }

        cluster.JoinSeedNodes(seeds);
        return null;
    }

    /// <summary>Asks until there is an answer: a name may get its addresses after the node was started.</summary>
    /// <returns>The hosts, or what was wrong the last time.</returns>
    public static async Task<(IReadOnlyList<string> Hosts, string? Problem)> ResolveAsync(
        Func<CancellationToken, Task<IReadOnlyList<string>>> resolve, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            string problem;
            try
            {
                if (await resolve(cancellation).ConfigureAwait(false) is { Count: > 0 } hosts)
                {
                    return (hosts, null);
                }

                problem = "it has none";
            }
            catch (SocketException e)
            {
                problem = e.Message;
            }

            if (time.GetElapsedTime(began) + AskAgain > patience)
            {
                return ([], problem);
            }

            await Task.Delay(AskAgain, time, cancellation).ConfigureAwait(false);
        }
    }
}
