using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;
using ActorLoad.TestServer;

namespace ActorLoad.Actors.Tests.Transport;

public sealed class ConnectorTlsTests : ConnectorTests, IDisposable
{
    private readonly Certificates _certificates = new();

    [Fact]
    public async Task The_scenarios_own_authority_is_trusted()
    {
        await using var server = new TlsServer(_certificates.Server());
        var timer = new OneTimer();
        var result = await ConnectAsync(
            Trusting(_certificates), new StreamRequest { Url = server.Url, Timer = timer });

        Assert.Equal("data: 1\n\n", await ReadAsync(result));
        Assert.Equal(1, timer.Calls);
    }

    [Fact]
    public async Task The_machines_own_trust_does_not_know_it()
    {
        await using var server = new TlsServer(_certificates.Server());

        AssertFailed(FailureReason.Tls, await ConnectAsync(Connector(), new StreamRequest { Url = server.Url }));
    }

    [Fact]
    public async Task Another_authority_is_not_trusted()
    {
        using var others = new Certificates();
        await using var server = new TlsServer(others.Server());

        AssertFailed(FailureReason.Tls, await ConnectAsync(Trusting(_certificates), new StreamRequest { Url = server.Url }));
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_refused()
    {
        await using var server = new TlsServer(_certificates.Server("other.test"));

        AssertFailed(FailureReason.Tls, await ConnectAsync(Trusting(_certificates), new StreamRequest { Url = server.Url }));
    }

    [Fact]
    public async Task Insecure_accepts_anything()
    {
        await using var server = new TlsServer(_certificates.Server("other.test"));
        var connector = Connector(new HttpSettings { Tls = new TlsSettings { Insecure = true } });

        Assert.Equal("data: 1\n\n", await ReadAsync(await ConnectAsync(connector, new StreamRequest { Url = server.Url })));
    }

    [Fact]
    public async Task A_client_certificate_is_shown()
    {
        await using var server = new TlsServer(_certificates.Server(), wantsClient: true);
        var (certificate, key) = _certificates.Client("load generator");
        var connector = Connector(new HttpSettings
        {
            Tls = new TlsSettings { CaFile = _certificates.AuthorityFile, ClientCertFile = certificate, ClientKeyFile = key },
        });

        Assert.Equal("data: 1\n\n", await ReadAsync(await ConnectAsync(connector, new StreamRequest { Url = server.Url })));
        Assert.Equal(["CN=load generator"], server.Clients);
        var plain = await SendAsync(connector, new StreamRequest { Url = server.Url });
        Assert.Equal((200, null, ""), (plain.Status, plain.Failure, plain.Message));
    }

    [Fact]
    public async Task Without_the_certificate_that_the_server_wants_it_fails()
    {
        await using var server = new TlsServer(_certificates.Server(), wantsClient: true);
        var result = await ConnectAsync(Trusting(_certificates), new StreamRequest { Url = server.Url });

        // This server closes the connection without a TLS alert, after the client's own handshake was complete.
        AssertFailed(FailureReason.Connect, result);
        Assert.Empty(server.Clients);
    }

    [Fact]
    public async Task A_server_that_speaks_no_tls_fails()
    {
        var server = Serve(Script.Empty.Send("HTTP/1.1 400 Bad Request\r\n\r\n"));

        AssertFailed(
            FailureReason.Tls,
            await ConnectAsync(Connector(), new StreamRequest { Url = new Uri($"https://127.0.0.1:{server.Port}/") }));
    }

    [Fact]
    public void Files_that_are_not_there_are_named()
    {
        AssertUnusable(new TlsSettings { CaFile = "/nowhere/ca.pem" }, "/nowhere/ca.pem");
        AssertUnusable(new TlsSettings { ClientCertFile = "/nowhere/client.pem" }, "/nowhere/client.pem");
    }

    [Fact]
    public void Files_without_a_certificate_are_named()
    {
        var empty = _certificates.Write("empty.pem", "nothing to see here\n");

        AssertUnusable(new TlsSettings { CaFile = empty }, empty);
        AssertUnusable(new TlsSettings { ClientCertFile = empty }, empty);
    }

    [Fact]
    public void A_key_that_belongs_to_another_certificate_is_refused()
    {
        using var others = new Certificates();
        var (certificate, _) = _certificates.Client("one");
        var (_, key) = others.Client("two");

        AssertUnusable(new TlsSettings { ClientCertFile = certificate, ClientKeyFile = key }, certificate);
    }

    public void Dispose() => _certificates.Dispose();

    private static void AssertUnusable(TlsSettings tls, string file)
    {
        var error = Assert.Throws<InvalidDataException>(() => new HttpSseConnector(new HttpSettings { Tls = tls }, 1024));
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    private HttpSseConnector Trusting(Certificates certificates) =>
        Connector(new HttpSettings { Tls = new TlsSettings { CaFile = certificates.AuthorityFile } });

    private sealed class OneTimer : IConnectTimer
    {
        public int Calls { get; private set; }

        public void OnConnected(long ticks) => Calls++;
    }
}
