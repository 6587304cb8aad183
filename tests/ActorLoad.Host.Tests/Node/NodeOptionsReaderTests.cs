using ActorLoad.Host.Cli;
using ActorLoad.Host.Node;

namespace ActorLoad.Host.Tests.Node;

public sealed class NodeOptionsReaderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorload-tests-");

    [Fact]
    public void Flags_win_over_variables_and_these_over_the_file()
    {
        var file = Write("""node { port = 1, quorum = 1, hostname = "127.0.0.1", seeds = [ "a:1" ], join-timeout = 5s }""");
        var variables = new Dictionary<string, string> { ["ACTORLOAD_NODE_PORT"] = "2", ["ACTORLOAD_NODE_QUORUM"] = "2", ["ACTORLOAD_NODE_SEEDS"] = "b:2, c:3" };
        var node = NodeOptionsReader.Read(new NodeFlags { Port = 3, Http = "[::1]:99" }, file, variables.GetValueOrDefault);

        Assert.Equal((3, 2, "127.0.0.1"), (node.Port, node.Quorum, node.Hostname));
        Assert.Equal(["b:2", "c:3"], node.Seeds);
        Assert.Equal(TimeSpan.FromSeconds(5), node.JoinTimeout);
        Assert.Equal(("::1", 99), (node.HttpHost, node.HttpPort));
    }

    [Fact]
    public void The_commented_reference_file_says_what_the_defaults_are()
    {
        var node = NodeOptionsReader.Read(new NodeFlags(), Path.Combine(Root(), "hocon", "node.conf"), _ => null);
        var defaults = new NodeOptions();
        Assert.Equal(defaults.Roles, node.Roles);
        Assert.Empty(node.Seeds);
        Assert.Empty(node.TlsThumbprints);
        Assert.Empty(node.SourceAddresses);
        Assert.Equal(
            defaults with { Roles = node.Roles, Seeds = node.Seeds, TlsThumbprints = node.TlsThumbprints, SourceAddresses = node.SourceAddresses }, node);
    }

    [Fact]
    public void Every_mistake_is_named_with_where_it_stands()
    {
        var file = Write("node {\n  prot = 1\n  quorum = 0\n}\nother = 1");
        var problem = Assert.Throws<UsageException>(() => NodeOptionsReader.Read(
            new NodeFlags { Http = "nowhere" }, file, n => n == "ACTORLOAD_NODE_PORT" ? "x" : null)).Message;
        Assert.Contains("ACTORLOAD_NODE_PORT: expected a whole number from 0 to 65535, found 'x'", problem, StringComparison.Ordinal);
        Assert.Contains("node.conf:2: node.prot: unknown key 'prot'; did you mean 'port'?", problem, StringComparison.Ordinal);
        Assert.Contains("node.conf:3: node.quorum: expected a whole number from 1 to 100, found '0'", problem, StringComparison.Ordinal);
        Assert.Contains("node.conf:5: other: unknown key", problem, StringComparison.Ordinal);
        Assert.Contains("--http: expected host:port, found 'nowhere'", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_is_none_is_blamed_on_where_it_stands()
    {
        var file = Write("""node.http = "nowhere" """);
        Assert.Equal($"{file}: node.http: expected host:port, found 'nowhere'", Problem(null));
        Assert.Equal("ACTORLOAD_NODE_HTTP: expected host:port, found 'x'", Problem("x"));

        string Problem(string? variable) => Assert.Throws<UsageException>(
            () => NodeOptionsReader.Read(new NodeFlags(), file, n => n == "ACTORLOAD_NODE_HTTP" ? variable : null)).Message;
    }

    [Fact]
    public void Results_and_source_addresses_can_stand_in_all_three_places()
    {
        var file = Write("""node { results = "/file", source-addresses = [ "127.0.1.1-127.0.1.9", "127.0.2.0/24" ] }""");
        var node = NodeOptionsReader.Read(new NodeFlags(), file, _ => null);
        Assert.Equal(("/file", "/file/spool"), (node.Results, node.Spool));
        Assert.Equal(["127.0.1.1-127.0.1.9", "127.0.2.0/24"], node.SourceAddresses);
        Assert.Empty(NodeSafety.Problems(node));

        var variables = new Dictionary<string, string> { ["ACTORLOAD_NODE_RESULTS"] = "/variable", ["ACTORLOAD_NODE_SOURCE_ADDRESSES"] = "127.0.1.1, 127.0.1.x" };
        node = NodeOptionsReader.Read(new NodeFlags { Results = "flag" }, file, variables.GetValueOrDefault);
        Assert.Equal("flag", node.Results);
        Assert.Equal(
            "--source-address: expected an address, a range such as 127.0.1.1-127.0.1.9 or a CIDR block, found '127.0.1.x'",
            Assert.Single(NodeSafety.Problems(node)));
    }

    [Fact]
    public void A_token_is_what_stands_in_its_file_without_the_end_of_the_line()
    {
        Assert.Equal("0123abcd", NodeOptionsReader.Read(new NodeFlags(), null, n => n == "ACTORLOAD_NODE_TOKEN" ? "0123abcd\n" : null).Token);

        // One that holds nothing is no leave to go without.
        var node = NodeOptionsReader.Read(new NodeFlags(), null, n => n == "ACTORLOAD_NODE_TOKEN" ? "\n" : null);
        Assert.Contains("is empty", Assert.Single(NodeSafety.Problems(node)), StringComparison.Ordinal);
    }

    [Fact]
    public void Certificates_are_looked_up_beside_the_file()
    {
        var file = Write("""node.tls { cert = "a.pem", ca = "sub/ca.pem" }""");
        var node = NodeOptionsReader.Read(new NodeFlags(), file, _ => null);
        Assert.Equal(Path.Combine(_folder.FullName, "a.pem"), node.TlsCert);
        Assert.Equal(Path.Combine(_folder.FullName, "sub", "ca.pem"), node.TlsCa);
    }

    [Theory]
    [InlineData("host:1", "host", 1, false)]
    [InlineData("[::1]:65535", "::1", 65535, false)]
    [InlineData("dns:workers.example:8110", "workers.example", 8110, true)]
    public void A_seed_is_read(string text, string host, int port, bool dns) =>
        Assert.Equal(new SeedAddress(host, port, dns), SeedAddress.Parse(text));

    [Theory]
    [InlineData("host")]
    [InlineData(":1")]
    [InlineData("host:0")]
    [InlineData("host:65536")]
    [InlineData("a b:1")]
    public void What_is_no_seed_is_refused(string text) => Assert.Null(SeedAddress.Parse(text));

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(string text)
    {
        var path = Path.Combine(_folder.FullName, "node.conf");
        File.WriteAllText(path, text);
        return path;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ActorLoad.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
