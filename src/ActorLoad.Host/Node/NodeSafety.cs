using ActorLoad.Actors.Transport.Dialing;

namespace ActorLoad.Host.Node;

/// <summary>What a node must not be started with: nothing listens beyond loopback without being asked and protected.</summary>
internal static class NodeSafety
{
    /// <returns>One sentence per problem; none = it may start.</returns>
    public static IEnumerable<string> Problems(NodeOptions node)
    {
        var remotingIsOpen = !NodeOptions.IsLoopback(node.Hostname);
        if (remotingIsOpen && node.TlsCert is null && !node.Insecure)
        {
            yield return $"remoting on {node.Hostname} could be reached from other machines: give --tls-cert (and --tls-ca or --tls-thumbprint), or --insecure";
        }

        if (node.TlsCert is not null && node.TlsCa is null && node.TlsThumbprints.Count == 0)
        {
            yield return "--tls-cert needs --tls-ca or --tls-thumbprint: which certificates other nodes may have";
        }

        if (node.TlsCert is null && (node.TlsCa ?? node.TlsKey) is not null)
        {
            yield return "--tls-ca and --tls-key need --tls-cert";
        }

        if (!NodeOptions.IsLoopback(node.HttpHost) && string.IsNullOrEmpty(node.Token) && !node.Insecure)
        {
            yield return $"HTTP on {node.HttpHost} could be reached from other machines: set ACTORLOAD_NODE_TOKEN (or --token), or --insecure";
        }

        if (node.Seeds.Count > 0 && node.WaitsToJoin)
        {
            yield return "--no-join and --seed exclude each other";
        }

        if (node.Seeds.Count == 0 && !node.WaitsToJoin && !node.HasRole(NodeRoles.Coordinator))
        {
            yield return "a worker needs --seed HOST:PORT of a coordinator to join";
        }

        foreach (var role in node.Roles.Except(NodeRoles.All))
        {
            yield return $"'{role}' is no role; there are {string.Join(" and ", NodeRoles.All)}";
        }

        if (node.Roles.Count == 0)
        {
            yield return $"a node needs a role: {string.Join(", ", NodeRoles.All)} or both";
        }

        foreach (var address in node.SourceAddresses.Where(a => AddressRange.Parse(a) is null))
        {
            yield return $"--source-address: expected an address, a range such as 127.0.1.1-127.0.1.9 or a CIDR block, found '{address}'";
        }

        foreach (var seed in node.Seeds.Where(s => SeedAddress.Parse(s) is null))
        {
            yield return $"--seed: expected host:port or dns:name:port, found '{seed}'";
        }
    }
}
