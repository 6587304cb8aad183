using ActorLoad.Program.Tests.Nginx;
using ActorLoad.Program.Tests.Run;
using ActorLoad.TestServer;

namespace ActorLoad.Program.Tests.Transport;

/// <summary>HTTP/2 of a real nginx, which passes the streams of the embedded target on.</summary>
public sealed class NginxHttp2Tests : IDisposable
{
    private const int Users = 20;

    private readonly ScratchFolder _folder = new();
    private readonly Certificates _certificates = new();

    public void Dispose()
    {
        _folder.Dispose();
        _certificates.Dispose();
    }

    [Theory]
    [InlineData(true, 128, 4)]
    [InlineData(false, 2, 12)]
    public async Task Streams_share_connections_survive_a_reload_and_lose_nothing(bool tls, int mostStreams, int connections)
    {
        await using var target = await TargetProcess.StartAsync(port: 0, "--interval", "100ms");
        await using var nginx = await NginxServer.StartAsync(Configuration(target, tls, mostStreams), tls ? "ssl http2" : "http2");
        var baseUrl = new Uri($"{(tls ? "https" : "http")}://127.0.0.1:{nginx.Port}");
        await using var process = RunCommand.Start(_folder, "run", TransportScenario.Write(
            _folder,
            baseUrl,
            Users,
            $"version = \"2\", streams-per-connection = 5, tls {{ ca-file = \"{_certificates.AuthorityFile}\" }}",
            path: "/api/events/stream?from=start"));
        var timeline = Path.Combine(_folder.Path, "run");
        await target.UntilAsync(s => (long)s["streams"]!["open"]! == Users, "all streams open");
        await Timeline.UntilAsync(timeline, "events", Users * 3);

        // Old workers say GOAWAY and cut what is still open a second later.
        nginx.Reload();
        await Timeline.UntilAsync(timeline, "reconnects", Users);
        await target.UntilAsync(s => (long)s["streams"]!["open"]! == Users, "all streams back");
        await target.PauseAsync();
        var published = (long)(await target.StatsAsync())["events"]!["published"]!;
        await Timeline.UntilAsync(timeline, "events", Users * published);
        process.Interrupt();
        var run = await process.RunResultAsync();

        // From the first event on and after the id they had: everybody got each event once.
        Assert.Equal(Users * published, run.Counter("events"));
        Assert.Equal(Users, run.Counter("disconnects"));
        Assert.Equal(2 * Users, run.Counter("connects_opened"));
        Assert.InRange((long)run.Summary["timings"]!["connect_time"]!["count"]!, 2 * connections, 3 * connections);
        Assert.Equal(Users, new[] { "eof", "truncated", "reset" }.Sum(reason => run.Failures("disconnect", reason)));
    }

    private string Configuration(TargetProcess target, bool tls, int mostStreams)
    {
        var (certificate, key) = _certificates.ServerFiles();
        return $$"""
                    http2_max_concurrent_streams {{mostStreams}};
                    {{(tls ? $"ssl_certificate {certificate}; ssl_certificate_key {key};" : "")}}
                    location / {
                        proxy_pass http://127.0.0.1:{{target.BaseUrl.Port}};
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_buffering off;
                    }
            """;
    }
}
