using System.Net;
using ActorLoad.Actors.Transport.Dialing;
using ActorLoad.Host.Admin;

namespace ActorLoad.Host.Node;

/// <summary>What a node must not be started with: nothing listens beyond loopback without being asked and protected.</summary>
internal static class NodeSafety
{
    // SHA-256 in hexadecimal.
    private const int ThumbprintDigits = 64;

    /// <returns>One sentence per problem; none = it may start.</returns>
    public static IEnumerable<string> Problems(NodeOptions node) =>
        Remoting(node).Concat(Http(node)).Concat(Joining(node)).Concat(Work(node));

    private static IEnumerable<string> Remoting(NodeOptions node)
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

        if (node.TlsCert is null && ((node.TlsCa ?? node.TlsKey) is not null || node.TlsThumbprints.Count > 0))
        {
            yield return "--tls-ca, --tls-key and --tls-thumbprint need --tls-cert";
        }

        foreach (var thumbprint in node.TlsThumbprints.Where(t => NodeTls.Plain(t) is not { Length: ThumbprintDigits } digits || !digits.All(char.IsAsciiHexDigit)))
        {
            yield return $"--tls-thumbprint: expected the {ThumbprintDigits} hex digits of a SHA-256 thumbprint, found '{thumbprint}'";
        }

        if (IPAddress.TryParse(node.ReachableAs, out var name) && (name.Equals(IPAddress.Any) || name.Equals(IPAddress.IPv6Any)))
        {
            yield return $"no other node can call this one {node.ReachableAs}: give --public-hostname, the name or address by which others reach it";
        }
    }

    private static IEnumerable<string> Http(NodeOptions node)
    {
        if (!IPAddress.TryParse(node.HttpHost, out _) && !NodeOptions.IsLoopback(node.HttpHost))
        {
            yield return $"--http: expected an address of this machine or localhost, found '{node.HttpHost}'";
        }

        if (node.Token is { } token && TokenText.Problem(token) is { } problem)
        {
            yield return $"the node's token (--token, or ACTORLOAD_NODE_TOKEN) {problem}";
        }

        if (!NodeOptions.IsLoopback(node.HttpHost) && string.IsNullOrEmpty(node.Token) && !node.Insecure)
        {
            yield return $"HTTP on {node.HttpHost} could be reached from other machines: set ACTORLOAD_NODE_TOKEN (or --token), or --insecure";
        }
    }

    private static IEnumerable<string> Joining(NodeOptions node)
    {
        if (node.Seeds.Count > 0 && node.WaitsToJoin)
        {
            yield return "--no-join and --seed exclude each other";
        }

        if (node.Seeds.Count == 0 && !node.WaitsToJoin && !node.HasRole(NodeRoles.Coordinator))
        {
            yield return "a worker needs --seed HOST:PORT of a coordinator to join";
        }

        foreach (var seed in node.Seeds.Where(s => SeedAddress.Parse(s) is null))
        {
            yield return $"--seed: expected host:port or dns:name:port, found '{seed}'";
        }

        if (NodeOptions.IsLoopback(node.ReachableAs) && node.Seeds.FirstOrDefault(IsBeyondLoopback) is { } far)
        {
            yield return $"the nodes at --seed {far} cannot reach this one as {node.ReachableAs}: give --hostname or --public-hostname, an address by which they can";
        }
    }

    private static IEnumerable<string> Work(NodeOptions node)
    {
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
    }

    private static bool IsBeyondLoopback(string seed) => SeedAddress.Parse(seed) is { } address && !NodeOptions.IsLoopback(address.Host);
}
