using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;
using ActorLoad.TestServer;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ActorLoad.Actors.Tests.Transport.Dialing;

/// <summary>Where connections go, whose name is asked for by SNI, and whose name the certificate has to bear.</summary>
public sealed class ResolveTests : ConnectorTests, IDisposable
{
    private readonly Certificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Theory]
    [InlineData("example.test")]
    [InlineData("example.test:8080")]
    public async Task A_host_that_no_resolver_knows_is_reached(string key)
    {
        await using var server = await KestrelSite.StartAsync(HttpProtocols.Http1);
        var connector = Connector(new HttpSettings { Resolve = new Dictionary<string, string> { [key] = $"127.0.0.1:{server.Url.Port}" } });
        var request = new StreamRequest { Url = new Uri("http://example.test:8080/events") };
        using var stream = (await ConnectAsync(connector, request)).Response;
        Assert.Equal(200, (await SendAsync(connector, request with { Url = new Uri("http://example.test:8080/plain") })).Status);

        Assert.Equal(["example.test:8080", "example.test:8080"], server.Requests.Select(r => r.Host));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sni_and_certificate_are_those_of_the_url(bool http2)
    {
        using var right = _certificates.Server("example.test");
        await using var server = await StartAsync(right);
        var settings = Resolving(server, "example.test", http2);
        using var stream = (await ConnectAsync(Connector(settings), new StreamRequest { Url = new Uri("https://example.test/events") })).Response;

        Assert.Equal(["example.test"], server.ServerNames);
        Assert.Equal([("example.test", http2 ? "HTTP/2" : "HTTP/1.1")], server.Requests.Select(r => (r.Host, r.Protocol)));
        AssertFailed(FailureReason.Tls, await ConnectAsync(
            Connector(Resolving(server, "other.test", http2)), new StreamRequest { Url = new Uri("https://other.test/events") }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_name_of_the_scenario_takes_the_urls_place(bool http2)
    {
        using var certificate = _certificates.Server("real.test");
        await using var server = await StartAsync(certificate);
        var settings = Resolving(server, "example.test", http2);
        settings = settings with { Tls = settings.Tls with { ServerName = "real.test" } };
        using var stream = (await ConnectAsync(Connector(settings), new StreamRequest { Url = new Uri("https://example.test/events") })).Response;

        Assert.Equal(["real.test"], server.ServerNames);
        Assert.Equal(["example.test"], server.Requests.Select(r => r.Host));
        var wrong = settings with { Tls = settings.Tls with { ServerName = "wrong.test" } };
        AssertFailed(FailureReason.Tls, await ConnectAsync(Connector(wrong), new StreamRequest { Url = new Uri("https://example.test/events") }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_certificate_is_shown_to_a_server_that_demands_one(bool http2)
    {
        using var certificate = _certificates.Server();
        await using var server = await KestrelSite.StartAsync(HttpProtocols.Http1AndHttp2, certificate, wantsClient: true);
        var (file, key) = _certificates.Client("load generator");
        var tls = new TlsSettings { CaFile = _certificates.AuthorityFile, ClientCertFile = file, ClientKeyFile = key };
        var settings = new HttpSettings { Version = http2 ? "2" : "1.1", StreamsPerConnection = http2 ? 2 : 1, Tls = tls };
        using var stream = (await ConnectAsync(Connector(settings), new StreamRequest { Url = server.Url })).Response;
        Assert.Equal(["CN=load generator"], server.Requests.Select(r => r.Client));

        var without = Connector(settings with { Tls = tls with { ClientCertFile = "", ClientKeyFile = "" } });
        var refused = await ConnectAsync(without, new StreamRequest { Url = server.Url });
        Assert.Null(refused.Response);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_key_in_the_certificates_own_file_and_intermediates_are_taken()
    {
        using var certificate = _certificates.Server();
        await using var server = await KestrelSite.StartAsync(HttpProtocols.Http1AndHttp2, certificate, wantsClient: true);
        var (file, key) = _certificates.Client("one file");
        var both = _certificates.Write("both.pem", string.Join('\n', new[] { file, key, _certificates.AuthorityFile }.Select(File.ReadAllText)));
        var connector = Connector(new HttpSettings { Tls = new TlsSettings { Insecure = true, ClientCertFile = both } });
        using var stream = (await ConnectAsync(connector, new StreamRequest { Url = server.Url })).Response;

        Assert.Equal(["CN=one file"], server.Requests.Select(r => r.Client));
    }

    [Fact]
    public async Task A_server_that_does_not_choose_h2_fails_as_protocol()
    {
        using var certificate = _certificates.Server();
        await using var server = await KestrelSite.StartAsync(HttpProtocols.Http1, certificate);
        var result = await ConnectAsync(
            Connector(new HttpSettings { Version = "2", Tls = new TlsSettings { Insecure = true } }), new StreamRequest { Url = server.Url });

        AssertFailed(FailureReason.Protocol, result);
        Assert.Contains("does not speak", result.Message, StringComparison.Ordinal);
    }

    private static Task<KestrelSite> StartAsync(System.Security.Cryptography.X509Certificates.X509Certificate2 certificate) =>
        KestrelSite.StartAsync(HttpProtocols.Http1AndHttp2, certificate);

    private HttpSettings Resolving(KestrelSite server, string host, bool http2) => new()
    {
        Version = http2 ? "2" : "1.1",
        Resolve = new Dictionary<string, string> { [$"{host}:443"] = $"127.0.0.1:{server.Url.Port}" },
        Tls = new TlsSettings { CaFile = _certificates.AuthorityFile },
    };
}
