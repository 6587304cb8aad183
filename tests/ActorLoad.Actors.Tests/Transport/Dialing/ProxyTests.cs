using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;
using ActorLoad.TestServer;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ActorLoad.Actors.Tests.Transport.Dialing;

public sealed class ProxyTests : ConnectorTests, IDisposable
{
    private readonly Certificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Theory]
    [InlineData("http", "connect", "1.1")]
    [InlineData("http", "connect", "2")]
    [InlineData("socks5", "socks5", "1.1")]
    [InlineData("socks5", "socks5", "2")]
    public async Task An_https_target_is_reached_through_a_tunnel(string scheme, string kind, string version)
    {
        using var certificate = _certificates.Server("example.test");
        await using var server = await KestrelSite.StartAsync(HttpProtocols.Http1AndHttp2, certificate);
        await using var proxy = new ProxyServer(server.Url.Port);
        var connector = Connector(Through(proxy, scheme) with { Version = version });
        using var stream = (await ConnectAsync(connector, Request("https"))).Response;

        Assert.NotNull(stream);
        Assert.Equal([$"{kind} example.test:443"], proxy.Tunnels);
        Assert.Equal(["example.test"], server.ServerNames);
        Assert.Equal([version == "2" ? "HTTP/2" : "HTTP/1.1"], server.Requests.Select(r => r.Protocol));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("socks5")]
    public async Task Name_and_password_of_the_url_are_given(string scheme)
    {
        using var certificate = _certificates.Server("example.test");
        await using var server = await KestrelSite.StartAsync(HttpProtocols.Http1AndHttp2, certificate);
        await using var proxy = new ProxyServer(server.Url.Port, "me:p@ss:word");
        using var stream = (await ConnectAsync(Connector(Through(proxy, scheme, "me:p%40ss%3Aword@")), Request("https"))).Response;
        Assert.NotNull(stream);

        AssertFailed(FailureReason.Connect, await ConnectAsync(Connector(Through(proxy, scheme, "me:wrong@")), Request("https")));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_plain_target_goes_through_socks()
    {
        await using var server = await KestrelSite.StartAsync(HttpProtocols.Http1);
        await using var proxy = new ProxyServer(server.Url.Port);
        using var stream = (await ConnectAsync(Connector(Through(proxy, "socks5")), Request("http"))).Response;

        Assert.Equal(["socks5 example.test:80"], proxy.Tunnels);
        Assert.Equal(["example.test"], server.Requests.Select(r => r.Host));
    }

    [Fact]
    public async Task The_certificate_is_checked_behind_a_proxy_as_well()
    {
        using var certificate = _certificates.Server("other.test");
        await using var server = await KestrelSite.StartAsync(HttpProtocols.Http1AndHttp2, certificate);
        await using var proxy = new ProxyServer(server.Url.Port);

        AssertFailed(FailureReason.Tls, await ConnectAsync(Connector(Through(proxy, "http")), Request("https")));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("socks5")]
    public async Task A_target_that_does_not_speak_http2_fails_behind_a_proxy_as_well(string scheme)
    {
        using var certificate = _certificates.Server("example.test");
        await using var server = await KestrelSite.StartAsync(HttpProtocols.Http1, certificate);
        await using var proxy = new ProxyServer(server.Url.Port);

        AssertFailed(FailureReason.Protocol, await ConnectAsync(Connector(Through(proxy, scheme) with { Version = "2" }), Request("https")));
    }

    [Fact]
    public async Task Connections_to_the_proxy_start_from_the_source_addresses()
    {
        await using var proxy = await KestrelSite.StartAsync(HttpProtocols.Http1);
        var settings = new HttpSettings { Proxy = new Uri($"http://127.0.0.1:{proxy.Url.Port}"), SourceAddresses = ["127.0.1.8"] };
        using var stream = (await ConnectAsync(Connector(settings), Request("http"))).Response;

        Assert.Equal(["127.0.1.8"], proxy.Sources.Values.Select(a => a.ToString()));
        Assert.Equal(["example.test"], proxy.Requests.Select(r => r.Host));
    }

    private static StreamRequest Request(string scheme) => new() { Url = new Uri($"{scheme}://example.test/events") };

    private HttpSettings Through(ProxyServer proxy, string scheme, string credentials = "") => new()
    {
        Proxy = new Uri($"{scheme}://{credentials}127.0.0.1:{proxy.Port}"),
        Tls = new TlsSettings { CaFile = _certificates.AuthorityFile },
    };
}
