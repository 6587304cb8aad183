using ActorLoad.Program.Tests.Run;
using ActorLoad.Program.Tests.Running;
using ActorLoad.TestServer;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ActorLoad.Program.Tests.Transport;

/// <summary>The whole program against Kestrel: what the server sees of HTTP/2, certificates and addresses.</summary>
public sealed class KestrelTransportTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly Certificates _certificates = new();

    public void Dispose()
    {
        _folder.Dispose();
        _certificates.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Http2_puts_so_many_streams_on_a_connection(bool tls)
    {
        using var certificate = _certificates.Server();
        await using var server = await KestrelSite.StartAsync(tls ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http2, tls ? certificate : null);
        var run = await RunAsync(server, users: 12, connections: 3,
            $"version = \"2\", streams-per-connection = 4, tls {{ ca-file = \"{_certificates.AuthorityFile}\" }}");

        Assert.Equal(12, server.Requests.Count);
        Assert.All(server.Requests, r => Assert.Equal("HTTP/2", r.Protocol));
        Assert.All(server.Requests.GroupBy(r => r.Connection), g => Assert.Equal(4, g.Count()));
        Assert.Equal((12, 12, 12), (run.Counter("connects_attempted"), run.Counter("connects_opened"), run.Counter("events")));
        Assert.Equal(3, (long)run.Summary["timings"]!["connect_time"]!["count"]!);
        Assert.Equal((0, 0), (run.Counter("connects_failed"), run.Counter("disconnects")));
        await server.ConnectionsAsync(3, 0);
    }

    [Fact]
    public async Task A_connection_that_is_cut_costs_each_of_its_streams_one_disconnect()
    {
        await using var server = await KestrelSite.StartAsync();
        await using var process = RunCommand.Start(_folder, "run", TransportScenario.Write(
            _folder, server.Url, users: 6, "version = \"2\", streams-per-connection = 3"));
        await Timeline.UntilAsync(Path.Combine(_folder.Path, "run"), "events", 6);
        await server.ConnectionsAsync(2, 2);
        server.Cut();
        await Timeline.UntilAsync(Path.Combine(_folder.Path, "run"), "reconnects", 6);
        process.Interrupt();
        var run = await process.RunResultAsync();

        Assert.Equal((12, 6, 6), (run.Counter("connects_opened"), run.Counter("disconnects"), run.Counter("reconnects")));
        Assert.Equal(6, run.Failures("disconnect", "truncated") + run.Failures("disconnect", "reset"));
        Assert.Equal(server.Requests.Select(r => r.Connection).Distinct().Count(), (long)run.Summary["timings"]!["connect_time"]!["count"]!);
    }

    [Fact]
    public async Task A_client_certificate_opens_the_door()
    {
        using var certificate = _certificates.Server();
        await using var server = await KestrelSite.StartAsync(HttpProtocols.Http1AndHttp2, certificate, wantsClient: true);
        var (file, key) = _certificates.Client("load generator");
        var run = await RunAsync(server, users: 4, connections: 4,
            $"version = \"2\", tls {{ ca-file = \"{_certificates.AuthorityFile}\", client-cert-file = \"{file}\", client-key-file = \"{key}\" }}");

        Assert.Equal(4, run.Counter("connects_opened"));
        Assert.Equal(["CN=load generator"], server.Requests.Select(r => r.Client).Distinct());
    }

    [Fact]
    public async Task Without_the_certificate_nobody_gets_in_and_the_run_says_so()
    {
        using var certificate = _certificates.Server();
        await using var server = await KestrelSite.StartAsync(HttpProtocols.Http1AndHttp2, certificate, wantsClient: true);
        await using var process = RunCommand.Start(
            _folder, "quick", server.Url.AbsoluteUri, "--users", "2", "--duration", "2s", "--ca-file", _certificates.AuthorityFile);
        var run = await process.RunResultAsync();

        Assert.Equal((1, 0), (run.ExitCode, run.Counter("connects_opened")));
        Assert.True(run.Counter("connects_failed") >= 2, run.ToString());
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task The_server_sees_the_source_addresses_evenly()
    {
        await using var server = await KestrelSite.StartAsync(HttpProtocols.Http1);
        var run = await RunAsync(server, users: 20, connections: 20, "source-addresses = [ \"127.0.1.1-127.0.1.3\", \"127.0.2.0/31\" ]");

        Assert.Equal(20, run.Counter("connects_opened"));
        Assert.Equal(
            [("127.0.1.1", 4), ("127.0.1.2", 4), ("127.0.1.3", 4), ("127.0.2.0", 4), ("127.0.2.1", 4)],
            server.Sources.Values.GroupBy(a => a.ToString()).Select(g => (g.Key, g.Count())).Order());
    }

    [Fact]
    public async Task A_source_address_of_another_machine_stops_the_run_before_it_starts()
    {
        var file = TransportScenario.Write(_folder, new Uri("http://127.0.0.1:9"), users: 1, "source-addresses = \"192.0.2.1-192.0.2.9\"");
        var result = await ActorLoadProcess.RunAsync("run", file, "--out", Path.Combine(_folder.Path, "run"));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("this machine cannot connect from the source address 192.0.2.1", result.ErrorText, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "run")));
    }

    [Fact]
    public async Task A_host_of_the_scenario_is_resolved_by_it_and_named_by_sni()
    {
        using var certificate = _certificates.Server("real.test");
        await using var server = await KestrelSite.StartAsync(HttpProtocols.Http1AndHttp2, certificate);
        var run = await RunAsync(
            server,
            users: 3,
            connections: 1,
            $$"""
            version = "2", streams-per-connection = 3, resolve { "example.test" = "127.0.0.1:{{server.Url.Port}}" }
            tls { server-name = "real.test", ca-file = "{{_certificates.AuthorityFile}}" }
            """,
            new Uri("https://example.test"));

        Assert.Equal(3, run.Counter("connects_opened"));
        Assert.Equal(["real.test"], server.ServerNames);
        Assert.Equal(["example.test"], server.Requests.Select(r => r.Host).Distinct());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_without_http2_is_a_protocol_failure(bool tls)
    {
        using var certificate = _certificates.Server();
        await using var server = await KestrelSite.StartAsync(HttpProtocols.Http1, tls ? certificate : null);
        await using var process = RunCommand.Start(
            _folder, "quick", server.Url.AbsoluteUri, "--users", "2", "--duration", "2s", "--http2", "--insecure");
        var run = await process.RunResultAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.True(run.Failures("connect", "protocol") >= 2, run.ToString());
        Assert.Contains("HTTP", (string)run.Summary["failures"]![0]!["sample"]!, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    // Waits until every user has its stream, then interrupts.
    private async Task<RunResult> RunAsync(KestrelSite server, int users, int connections, string http, Uri? baseUrl = null)
    {
        await using var process = RunCommand.Start(_folder, "run", TransportScenario.Write(_folder, baseUrl ?? server.Url, users, http));
        await server.ConnectionsAsync(connections, connections);
        await server.StreamsAsync(users);
        await Timeline.UntilAsync(Path.Combine(_folder.Path, "run"), "events", users);
        process.Interrupt();
        return await process.RunResultAsync();
    }
}
