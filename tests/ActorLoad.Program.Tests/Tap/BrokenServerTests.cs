using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using ActorLoad.TestServer;

namespace ActorLoad.Program.Tests.Tap;

/// <summary>Servers that are absent or talk nonsense: each ends as one typed error.</summary>
public sealed class BrokenServerTests
{
    private static readonly JsonObject NothingCame = TapLine.Summary(events: 0, connects: 0);

    [Fact]
    public async Task A_refused_connection_is_connect()
    {
        // Bound and never listening: nobody else can take the port meanwhile.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        var result = await TapCommand.RunAsync($"http://{socket.LocalEndPoint}/");

        result.ShouldBe(1, TapLine.Error("connect"), NothingCame);
        result.ShouldTellOneError("connect");
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_connect()
    {
        var result = await TapCommand.RunAsync("http://name.invalid/");

        result.ShouldBe(1, TapLine.Error("connect"), NothingCame);
        result.ShouldTellOneError("connect");
    }

    [Fact]
    public async Task A_server_that_never_answers_is_timeout()
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().KeepOpen());

        var result = await TapCommand.RunAsync(server.Url, "--timeout", "1s");

        result.ShouldBe(1, TapLine.Error("timeout"), NothingCame);
        result.ShouldTellOneError("timeout");
        await server.ConnectionsEndedAsync(1);
    }

    [Fact]
    public async Task A_server_that_stops_within_its_headers_is_timeout()
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().Send("HTTP/1.1 200 OK\r\nContent-Ty").KeepOpen());

        var result = await TapCommand.RunAsync(server.Url, "--timeout", "1s");

        result.ShouldBe(1, TapLine.Error("timeout"), NothingCame);
    }

    [Fact]
    public async Task A_quiet_stream_is_no_timeout()
    {
        var go = new Gate();
        await using var server = ScriptedServer.Start(Script.OnRequest().ChunkedStream().WaitFor(go).Chunk("data: x\n\n").EndChunks());
        await using var tap = TapCommand.Start(server.Url, "--timeout", "1s", "--for", "30s");
        await tap.LineOfTypeAsync("open");

        // The time-out has to pass here for the test to mean anything; nothing is asserted about how long that takes.
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        go.Open();

        (await tap.TapResultAsync()).ShouldBe(
            0, TapLine.Open(), TapLine.Event("x"), TapLine.Close("eof"), TapLine.Summary(events: 1));
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("")]
    public async Task TLS_to_a_plain_port_is_tls(string answer)
    {
        await using var server = ScriptedServer.Start(Script.Empty.Send(answer));

        var result = await TapCommand.RunAsync($"https://127.0.0.1:{server.Port}/");

        result.ShouldBe(1, TapLine.Error("tls"), NothingCame);
        result.ShouldTellOneError("tls");
    }

    [Theory]
    [InlineData("HTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")]
    [InlineData("HTTP/1.1 abc OK\r\nContent-Type: text/event-stream\r\n\r\n")]
    [InlineData("HTTP/1.1 20 OK\r\nContent-Type: text/event-stream\r\n\r\n")]
    [InlineData("220 mail.example ESMTP ready\r\n")]
    [InlineData("\r\n\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon here\r\n\r\n")]
    public async Task A_malformed_head_is_protocol(string head)
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().Send(head));

        var result = await TapCommand.RunAsync(server.Url);

        result.ShouldBe(1, TapLine.Error("protocol"), NothingCame);
        result.ShouldTellOneError("protocol");
    }

    [Theory]
    [InlineData("zz\r\ndata: y\n\n\r\n")]
    [InlineData("-5\r\ndata: y\n\n\r\n")]
    [InlineData("fffffffffffffffff\r\ndata: y\n\n\r\n")]
    [InlineData("\r\ndata: y\n\n\r\n")]
    [InlineData("3\r\nabcdef\r\n")]
    public async Task A_malformed_chunk_is_protocol(string chunk)
    {
        var seen = new Gate();
        await using var server = ScriptedServer.Start(
            Script.OnRequest().ChunkedStream().Chunk("data: x\n\n").WaitFor(seen).Send(chunk).KeepOpen());
        await using var tap = TapCommand.Start(server.Url);
        await tap.EventLineAsync("x");

        seen.Open();

        var result = await tap.TapResultAsync();
        result.ShouldBe(1, TapLine.Open(), TapLine.Event("x"), TapLine.Error("protocol"), TapLine.Summary(events: 1));
        result.ShouldTellOneError("protocol");
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 O")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n")]
    public async Task A_server_that_leaves_before_its_headers_are_complete_is_an_error(string head)
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().Send(head));

        var result = await TapCommand.RunAsync(server.Url);

        Assert.Equal(1, result.ExitCode);
        Assert.Matches("^(connect|protocol)$", (string?)Assert.Single(result.OfType("error"))["reason"]);
        Assert.Empty(result.OfType("open"));
        result.ShouldShowNoStackTrace();
    }
}
