using System.Net;
using ActorLoad.Actors.Transport.Dialing;

namespace ActorLoad.Actors.Tests.Transport.Dialing;

public sealed class HostMapTests
{
    private static readonly HostMap Map = new(new Dictionary<string, string>
    {
        ["a.test"] = "127.0.0.1",
        ["A.test:443"] = "127.0.0.2:8443",
        ["b.test"] = "[::1]:90",
        ["c.test:80"] = "::1",
    });

    [Theory]
    [InlineData("a.test", 80, "127.0.0.1:80")]
    [InlineData("a.TEST", 443, "127.0.0.2:8443")]
    [InlineData("b.test", 443, "[::1]:90")]
    [InlineData("c.test", 80, "[::1]:80")]
    [InlineData("10.0.0.1", 80, "10.0.0.1:80")]
    public void The_entry_with_the_port_wins_over_the_one_without(string host, int port, string expected) =>
        Assert.Equal(IPEndPoint.Parse(expected), Map.EndPointOf(new DnsEndPoint(host, port)));

    [Theory]
    [InlineData("c.test", 81)]
    [InlineData("sub.a.test", 80)]
    public void Other_hosts_are_left_to_the_resolver(string host, int port) =>
        Assert.Equal(new DnsEndPoint(host, port), Map.EndPointOf(new DnsEndPoint(host, port)));

    [Theory]
    [InlineData("a.test", "localhost")]
    [InlineData("a.test", "127.0.0.1:0")]
    [InlineData("a.test", "127.0.0.1:65536")]
    [InlineData("a.test", "127.1")]
    [InlineData("a.test", "")]
    [InlineData("a test", "127.0.0.1")]
    [InlineData("a.test:", "127.0.0.1")]
    [InlineData("", "127.0.0.1")]
    public void What_is_no_host_or_no_address_is_refused(string host, string address) =>
        Assert.Throws<InvalidDataException>(() => new HostMap(new Dictionary<string, string> { [host] = address }));
}
