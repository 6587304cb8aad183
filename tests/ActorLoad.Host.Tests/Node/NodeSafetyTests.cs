using ActorLoad.Host.Node;

namespace ActorLoad.Host.Tests.Node;

/// <summary>What a node must not be started with.</summary>
public class NodeSafetyTests
{
    private static readonly NodeOptions Open = new() { Hostname = "10.0.0.2", TlsCert = "a.crt", TlsCa = "ca.crt" };
    private static readonly string Thumbprint = string.Join(':', Enumerable.Repeat("A1", 32));

    public static TheoryData<string> Good => [.. Nodes(good: true).Select(n => n.Name)];

    public static TheoryData<string> Bad => [.. Nodes(good: false).Select(n => n.Name)];

    [Theory]
    [MemberData(nameof(Good))]
    public void Starts(string name) => Assert.Empty(NodeSafety.Problems(Nodes(good: true).Single(n => n.Name == name).Node));

    [Theory]
    [MemberData(nameof(Bad))]
    public void Is_told(string name)
    {
        var problem = Assert.Single(NodeSafety.Problems(Nodes(good: false).Single(n => n.Name == name).Node));
        Assert.Contains(name, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("s3", problem, StringComparison.Ordinal);
    }

    // Those that must not start are named by what is said about them.
    private static IEnumerable<(string Name, NodeOptions Node)> Nodes(bool good) => good
        ?
        [
            ("defaults", new NodeOptions()),
            ("other machines", Open with { Seeds = ["10.0.0.1:8110"], HttpHost = "10.0.0.2", Token = "0123abcd" }),
            ("a name of its own", Open with { Hostname = "0.0.0.0", PublicHostname = "worker-1", Seeds = ["dns:others:8110"] }),
            ("loopback and its seeds", new NodeOptions { Seeds = ["localhost:1", "127.0.0.2:1", "[::1]:1"] }),
            ("thumbprints", Open with { TlsCa = null, TlsThumbprints = [Thumbprint, Thumbprint.Replace(":", "", StringComparison.Ordinal)] }),
            ("http by name", new NodeOptions { HttpHost = "localhost" }),
        ]
        :
        [
            ("no other node can call this one 0.0.0.0: give --public-hostname", Open with { Hostname = "0.0.0.0" }),
            ("no other node can call this one ::: give --public-hostname", Open with { PublicHostname = "::" }),
            ("the nodes at --seed 10.0.0.1:8110 cannot reach this one as 127.0.0.1: give --hostname", new NodeOptions { Seeds = ["127.0.0.1:1", "10.0.0.1:8110"] }),
            ("the nodes at --seed dns:others:8110 cannot reach this one as localhost", Open with { PublicHostname = "localhost", Seeds = ["dns:others:8110"] }),
            ("--tls-thumbprint: expected the 64 hex digits of a SHA-256 thumbprint, found 'A1:B2'", Open with { TlsThumbprints = ["A1:B2"] }),
            ("--tls-thumbprint: expected the 64 hex digits", Open with { TlsThumbprints = [Thumbprint[..^1] + "g"] }),
            ("--tls-thumbprint need --tls-cert", new NodeOptions { TlsThumbprints = [Thumbprint] }),
            ("--http: expected an address of this machine or localhost, found 'nowhere'", new NodeOptions { HttpHost = "nowhere", Insecure = true }),
            ("the node's token (--token, or ACTORLOAD_NODE_TOKEN) has white space", new NodeOptions { Token = "s3 cret" }),
            ("ACTORLOAD_NODE_TOKEN) has white space, control", new NodeOptions { Token = "s3\ncret" }),
            ("ACTORLOAD_NODE_TOKEN) is empty", new NodeOptions { Token = "" }),
        ];
}
