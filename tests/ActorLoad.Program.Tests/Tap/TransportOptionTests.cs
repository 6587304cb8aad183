using ActorLoad.Program.Tests.Running;
using ActorLoad.TestServer;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ActorLoad.Program.Tests.Tap;

/// <summary>How a tap reaches its server.</summary>
public sealed class TransportOptionTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_tap_speaks_http2_to_a_host_it_is_told(bool tls)
    {
        using var certificates = new Certificates();
        using var certificate = certificates.Server("example.test");
        await using var server = await KestrelSite.StartAsync(tls ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http2, tls ? certificate : null);
        var (client, key) = certificates.Client("tap");
        var result = await TapCommand.RunAsync(
            $"{(tls ? "https" : "http")}://example.test/end",
            "--http2", "--resolve", $"example.test=127.0.0.1:{server.Url.Port}",
            "--ca-file", certificates.AuthorityFile, "--client-cert", client, "--client-key", key);

        result.ShouldBe(0, TapLine.Open(), TapLine.Event("1"), TapLine.Close("eof"), TapLine.Summary(events: 1));
        Assert.Equal([("HTTP/2", "example.test")], server.Requests.Select(r => (r.Protocol, r.Host)));
    }

    [Theory]
    [InlineData("--resolve", "example.test", "--resolve: expected host[:port]=address[:port], found 'example.test'")]
    [InlineData("--resolve", "a=localhost", "found 'a=localhost'")]
    [InlineData("--ca-file", "no-such.pem", "--ca-file: there is no file 'no-such.pem'")]
    [InlineData("--client-key", "no-such.pem", "--client-key needs --client-cert as well")]
    public async Task A_mistake_is_wrong_usage(string option, string value, string expected)
    {
        var result = await ActorLoadProcess.RunAsync("tap", "http://127.0.0.1:9/", option, value);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.ErrorText, StringComparison.Ordinal);
    }
}
