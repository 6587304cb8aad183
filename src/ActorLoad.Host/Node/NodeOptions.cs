using System.Net;
using ActorLoad.Host.Reports.Folders;

namespace ActorLoad.Host.Node;

/// <summary>One cluster node as flags, environment and file together describe it.</summary>
internal sealed record NodeOptions
{
    /// <summary>At least one of <see cref="NodeRoles.All"/>.</summary>
    public IReadOnlyList<string> Roles { get; init; } = NodeRoles.All;

    /// <summary>Where remoting listens.</summary>
    public string Hostname { get; init; } = "127.0.0.1";

    /// <summary>What other nodes call this one; null = <see cref="Hostname"/>.</summary>
    public string? PublicHostname { get; init; }

    /// <summary>Remoting's port; 0 takes a free one.</summary>
    public int Port { get; init; } = 8110;

    /// <summary>Nodes to join, the same list in the same order everywhere. <c>host:port</c>, or <c>dns:name:port</c> for all addresses of a name.</summary>
    public IReadOnlyList<string> Seeds { get; init; } = [];

    /// <summary>Where the HTTP endpoint listens; port 0 takes a free one.</summary>
    public string HttpHost { get; init; } = "127.0.0.1";

    public int HttpPort { get; init; } = 8120;

    /// <summary>Demanded of every request as a bearer token; null = none, which only loopback allows.</summary>
    public string? Token { get; init; }

    /// <summary>PEM file with this node's certificate (and key, unless <see cref="TlsKey"/> names another file); null = remoting without TLS.</summary>
    public string? TlsCert { get; init; }

    public string? TlsKey { get; init; }

    /// <summary>PEM file with the authorities whose certificates other nodes must have.</summary>
    public string? TlsCa { get; init; }

    /// <summary>SHA-256 thumbprints (hex) of the certificates that other nodes may have; none = whatever <see cref="TlsCa"/> has signed.</summary>
    public IReadOnlyList<string> TlsThumbprints { get; init; } = [];

    /// <summary>Allows remoting without TLS and HTTP without token beyond loopback.</summary>
    public bool Insecure { get; init; }

    /// <summary>
    /// How many coordinators a side needs to survive when the network splits: more than half of all there may ever be. Null = the side
    /// with more of those that there are.
    /// </summary>
    public int? Quorum { get; init; }

    /// <summary>Waits for <c>cluster join</c> or <c>join-seed</c> instead of joining by itself.</summary>
    public bool WaitsToJoin { get; init; }

    /// <summary>How long a node tries to join before it gives up.</summary>
    public TimeSpan JoinTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Where a coordinator puts run folders, and a worker keeps its windows until a run's report is written (<see cref="Spool"/>).</summary>
    public string Results { get; init; } = "results";

    /// <summary>Absolute.</summary>
    public string Spool => Path.GetFullPath(Path.Combine(Results, RunFolder.SpoolName));

    /// <summary>Local addresses, ranges included, that this node's users connect from, in place of the scenario's; none = the scenario's.</summary>
    public IReadOnlyList<string> SourceAddresses { get; init; } = [];

    public string ReachableAs => PublicHostname ?? Hostname;

    public bool HasRole(string role) => Roles.Contains(role);

    /// <summary>Whether a name or address can only be reached from this machine.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
