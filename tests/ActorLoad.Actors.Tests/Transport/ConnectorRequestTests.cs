using System.IO.Compression;
using System.Net;
using System.Text;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Scenarios;
using ActorLoad.TestServer;

namespace ActorLoad.Actors.Tests.Transport;

/// <summary>What goes out, and every framing that comes back.</summary>
public sealed class ConnectorRequestTests : ConnectorTests
{
    public static TheoryData<string, Script> Framings => new()
    {
        { "chunked", Script.OnRequest().ChunkedStream().Chunk("data").Chunk(": 1\n\n").EndChunks() },
        { "length", Script.OnRequest().StreamOfLength(9).Send("data: 1\n\n") },
        { "until close", Script.OnRequest().StreamUntilClose().Send("data: 1\n\n") },
        { "1.0", Script.OnRequest().StreamOfHttp10().Send("data: 1\n\n") },
        { "drip", Script.OnRequest().ChunkedStream().ChunkByteByByte("data: 1\n\n"u8.ToArray()).EndChunks() },
    };

    [Fact]
    public async Task A_stream_asks_as_an_event_source_does_and_says_nothing_else()
    {
        var server = Serve(Stream);
        await ReadAsync(await ConnectAsync(Connector(), To(server, "/events?x=1")));

        var request = await server.RequestAsync(1);
        Assert.Equal("GET /events?x=1 HTTP/1.1", $"{request.Method} {request.Target} {request.Version}");
        Assert.Equal(
            ["Accept: text/event-stream", "Cache-Control: no-store", $"Host: 127.0.0.1:{server.Port}"],
            request.Headers.Select(h => $"{h.Key}: {h.Value}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("41")]
    [InlineData("é→😀")]
    [InlineData("with space, comma; and \"quotes\"")]
    public async Task The_last_event_id_goes_out_as_utf8(string id)
    {
        var server = Serve(Stream);
        await ReadAsync(await ConnectAsync(Connector(), To(server) with { LastEventId = id }));

        Assert.Equal(id, (await server.RequestAsync(1)).Header("Last-Event-ID"));
    }

    [Fact]
    public async Task Own_headers_replace_those_of_the_transport()
    {
        var server = Serve(Stream);
        var request = To(server) with { Headers = [new("accept", "x/y"), new("X-Own", "1"), new("x-own", "2"), new("Host", "other.test")] };
        await ReadAsync(await ConnectAsync(Connector(), request));

        var received = await server.RequestAsync(1);
        Assert.Equal(["x/y"], received.Values("Accept"));
        Assert.Equal(["2"], received.Values("X-Own"));
        Assert.Equal(["other.test"], received.Values("Host"));
    }

    [Fact]
    public async Task A_header_beyond_ascii_goes_out_as_utf8()
    {
        var server = Serve(Stream);
        await ReadAsync(await ConnectAsync(Connector(), To(server) with { Headers = [new("X-Name", "Zoë")] }));

        Assert.Equal("Zoë", (await server.RequestAsync(1)).Header("X-Name"));
    }

    [Theory]
    [InlineData(" {\"a\":1}", "application/json")]
    [InlineData("[1]", "application/json")]
    [InlineData("a=1&é", "text/plain; charset=utf-8")]
    public async Task A_body_has_a_type_and_a_length(string body, string type)
    {
        var server = Serve(Stream);
        await ReadAsync(await ConnectAsync(Connector(), To(server) with { Method = "POST", Body = body }));

        var received = await server.RequestAsync(1);
        Assert.Equal("POST", received.Method);
        Assert.Equal(body, Encoding.UTF8.GetString(received.Body));
        Assert.Equal(type, received.Header("Content-Type"));
    }

    [Fact]
    public async Task A_type_that_the_scenario_gives_stands()
    {
        var server = Serve(Stream);
        var request = To(server) with { Method = "POST", Body = "{}", Headers = [new("Content-Type", "application/x-own")] };
        await ReadAsync(await ConnectAsync(Connector(), request));

        Assert.Equal(["application/x-own"], (await server.RequestAsync(1)).Values("Content-Type"));
    }

    [Theory]
    [MemberData(nameof(Framings))]
    public async Task Every_framing_is_read(string name, Script script)
    {
        var server = Serve(script);

        Assert.Equal((name, "data: 1\n\n"), (name, await ReadAsync(await ConnectAsync(Connector(), To(server)))));
        Assert.Empty(server.Faults);
    }

    [Fact]
    public async Task Stamps_and_url_tell_of_this_request()
    {
        var server = Serve(Stream);
        var timer = new Timer();
        var before = TimeProvider.System.GetTimestamp();
        var result = await ConnectAsync(Connector(), To(server) with { Timer = timer });
        var after = TimeProvider.System.GetTimestamp();

        using var response = result.Response!;
        Assert.InRange(response.RequestStart, before, response.HeadersAt);
        Assert.InRange(response.HeadersAt, response.RequestStart, after);
        Assert.InRange(Assert.Single(timer.Ticks), 1, response.HeadersAt - response.RequestStart);
        Assert.Equal(server.Url, response.Url);
        Assert.True(response.WaitsForData);
    }

    [Fact]
    public async Task Compression_is_offered_and_decoded_when_it_is_on()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write("data: 1\n\n"u8);
        }

        var server = Serve(Script.OnRequest()
            .Head("HTTP/1.1 200 OK", "Content-Type: text/event-stream", "Content-Encoding: gzip", "Transfer-Encoding: chunked")
            .Chunk(packed.ToArray()).EndChunks());
        var result = await ConnectAsync(Connector(new HttpSettings { Compression = true }), To(server));

        Assert.False(result.Response!.WaitsForData);
        Assert.Equal("data: 1\n\n", await ReadAsync(result));
        Assert.Contains("gzip", (await server.RequestAsync(1)).Header("Accept-Encoding"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cookies_are_kept_when_the_user_has_a_jar()
    {
        var setting = Script.OnRequest()
            .Head("HTTP/1.1 200 OK", "Content-Length: 0", "Set-Cookie: a=1; Path=/", "Set-Cookie: b=2; HttpOnly", "Set-Cookie: ;;=", "Connection: close");
        var server = Serve(setting, Stream);
        var connector = Connector();
        var jar = new CookieContainer();
        await SendAsync(connector, To(server, "/login") with { Cookies = jar });
        await ReadAsync(await ConnectAsync(connector, To(server) with { Cookies = jar }));

        Assert.Null((await server.RequestAsync(1)).Header("Cookie"));
        Assert.Equal("a=1; b=2", (await server.RequestAsync(2)).Header("Cookie"));
    }

    [Fact]
    public async Task Without_a_jar_cookies_are_forgotten()
    {
        var setting = Script.OnRequest().Head("HTTP/1.1 200 OK", "Content-Length: 0", "Set-Cookie: a=1; Path=/", "Connection: close");
        var server = Serve(setting, Stream);
        var connector = Connector();
        await SendAsync(connector, To(server));
        await ReadAsync(await ConnectAsync(connector, To(server)));

        Assert.Null((await server.RequestAsync(2)).Header("Cookie"));
    }

    [Fact]
    public async Task A_proxy_is_asked_when_the_scenario_names_one()
    {
        var proxy = Serve(Stream);
        var connector = Connector(new HttpSettings { Proxy = new Uri(proxy.UrlOf("")) });
        await ReadAsync(await ConnectAsync(connector, new StreamRequest { Url = new Uri("http://far.test/events") }));

        Assert.Equal("http://far.test/events", (await proxy.RequestAsync(1)).Target);
    }

    private sealed class Timer : IConnectTimer
    {
        public List<long> Ticks { get; } = [];

        public void OnConnected(long ticks) => Ticks.Add(ticks);
    }
}
