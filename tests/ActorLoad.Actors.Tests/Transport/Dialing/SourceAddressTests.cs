using System.Net;
using System.Net.Sockets;
using ActorLoad.Actors.Transport.Dialing;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;
using ActorLoad.TestServer;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ActorLoad.Actors.Tests.Transport.Dialing;

public sealed class SourceAddressTests : ConnectorTests
{
    [Fact]
    public async Task The_server_sees_each_address_as_often_as_the_others()
    {
        await using var server = await KestrelSite.StartAsync(HttpProtocols.Http1);
        var connector = Connector(new HttpSettings { SourceAddresses = ["127.0.1.1-127.0.1.3", "127.0.2.9"] });
        var opened = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ConnectAsync(connector, To(server))));

        Assert.Equal(
            [("127.0.1.1", 5), ("127.0.1.2", 5), ("127.0.1.3", 5), ("127.0.2.9", 5)],
            server.Sources.Values.GroupBy(a => a.ToString()).Select(g => (g.Key, g.Count())).Order());
        Array.ForEach(opened, o => o.Response!.Dispose());
    }

    [Fact]
    public async Task Requests_and_http2_start_from_them_as_well()
    {
        await using var server = await KestrelSite.StartAsync();
        var connector = Connector(new HttpSettings { Version = "2", SourceAddresses = ["127.0.1.4"] });
        using var stream = (await ConnectAsync(connector, To(server))).Response;
        Assert.Equal(200, (await SendAsync(connector, To(server) with { Url = server.UrlOf("/plain") })).Status);

        Assert.Equal([IPAddress.Parse("127.0.1.4"), IPAddress.Parse("127.0.1.4")], server.Sources.Values);
    }

    [Fact]
    public void Binding_reserves_no_port()
    {
        using var socket = SourceAddresses.Bind(IPAddress.Parse("127.0.1.5"));

        // A plain bind would have one by now.
        Assert.Equal(IPEndPoint.Parse("127.0.1.5:0"), socket.LocalEndPoint);
    }

    [Theory]
    [InlineData("127.0.1.1", "192.0.2.7")]
    [InlineData("192.0.2.5-192.0.2.7", "192.0.2.5")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    public void An_address_of_another_machine_is_named(string source, string named)
    {
        var settings = new HttpSettings { SourceAddresses = source == "127.0.1.1" ? [source, "192.0.2.7"] : [source] };
        var error = Assert.Throws<InvalidDataException>(() => Connector(settings));
        Assert.Contains($"cannot connect from the source address {named}:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Families_do_not_mix() => Assert.Throws<InvalidDataException>(() => SourceAddresses.Create(["127.0.0.1", "::1"]));

    [Fact]
    public void They_come_in_turn_for_ever()
    {
        var sources = SourceAddresses.Create(["127.0.0.1", "127.0.1.0/30", "127.0.3.1-127.0.3.2"])!;
        var seen = Enumerable.Range(0, 5000).Select(_ => sources.Next()).ToList();
        Assert.Equal(5, sources.Count);
        Assert.All(seen.GroupBy(a => a), g => Assert.Equal(1000, g.Count()));
        Assert.All(Enumerable.Range(5, 100), i => Assert.Equal(seen[i - 5], seen[i]));
    }

    [Fact]
    public async Task A_target_of_the_other_family_is_a_clear_failure()
    {
        var connector = Connector(new HttpSettings { SourceAddresses = ["127.0.0.1"] });
        var result = await ConnectAsync(connector, new() { Url = new Uri("http://[::1]:9/") });

        AssertFailed(FailureReason.Connect, result);
        Assert.Contains("no IPv4 address", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_are_looked_up_for_the_family_of_the_sources()
    {
        await using var server = await KestrelSite.StartAsync(HttpProtocols.Http1);
        var connector = Connector(new HttpSettings { SourceAddresses = ["127.0.1.6"] });
        using var stream = (await ConnectAsync(connector, new() { Url = new Uri($"http://localhost:{server.Url.Port}/events") })).Response;

        Assert.Equal([IPAddress.Parse("127.0.1.6")], server.Sources.Values);
    }

    [Fact]
    public async Task A_target_that_refuses_is_not_asked_from_every_address()
    {
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var connector = Connector(new HttpSettings { SourceAddresses = ["127.0.1.0/24"] });
        var result = await ConnectAsync(connector, new() { Url = new Uri($"http://127.0.0.1:{((IPEndPoint)closed.LocalEndPoint!).Port}/") });

        AssertFailed(FailureReason.Connect, result);
        Assert.Equal("connection refused", result.Message);
    }

    private static ActorLoad.Actors.Transport.StreamRequest To(KestrelSite server) => new() { Url = server.Url };
}
