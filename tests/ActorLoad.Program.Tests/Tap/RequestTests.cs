using ActorLoad.Program.Tests.Running;
using ActorLoad.TestServer;

namespace ActorLoad.Program.Tests.Tap;

/// <summary>What the server sees of a tap.</summary>
public sealed class RequestTests
{
    private static readonly Script OneEvent = Script.OnRequest().ChunkedStream().Chunk("data: x\n\n").EndChunks();

    [Fact]
    public async Task A_request_looks_like_that_of_an_EventSource()
    {
        await using var server = ScriptedServer.Start(OneEvent);

        var result = await TapCommand.RunAsync(server.UrlOf("/stream?a=1&b=%C3%A9"));

        result.ShouldBe(0, TapLine.Open(), TapLine.Event("x"), TapLine.Close("eof"), TapLine.Summary(events: 1));
        var request = Assert.Single(server.Requests);
        Assert.Equal(("GET", "/stream?a=1&b=%C3%A9", "HTTP/1.1"), (request.Method, request.Target, request.Version));
        Assert.Equal($"127.0.0.1:{server.Port}", request.Header("Host"));
        Assert.Equal("text/event-stream", request.Header("Accept"));
        Assert.Equal("no-store", request.Header("Cache-Control"));
        Assert.Empty(request.Values("Last-Event-ID"));
        Assert.Empty(request.Values("Accept-Encoding"));
        Assert.Empty(request.Values("Cookie"));
    }

    [Fact]
    public async Task The_open_line_tells_the_address()
    {
        await using var server = ScriptedServer.Start(OneEvent);
        var url = server.UrlOf("/stream?a=1");

        var result = await TapCommand.RunAsync(url);

        Assert.Equal(url, (string?)Assert.Single(result.OfType("open"))["url"]);
    }

    [Fact]
    public async Task Headers_of_the_command_line_are_sent()
    {
        await using var server = ScriptedServer.Start(OneEvent);

        var result = await TapCommand.RunAsync(
            server.Url, "--header", "Authorization: Bearer a:b==", "--header", "X-Test:  two words ", "--header", "X-Empty:");

        Assert.Equal(0, result.ExitCode);
        var request = Assert.Single(server.Requests);
        Assert.Equal("Bearer a:b==", request.Header("Authorization"));
        Assert.Equal("two words", request.Header("X-Test"));
        Assert.Equal("", request.Header("X-Empty"));
        Assert.Equal("text/event-stream", request.Header("Accept"));
    }

    [Theory]
    [InlineData("42")]
    [InlineData("a b:c")]
    [InlineData("…")]
    public async Task A_last_event_id_of_the_command_line_is_sent_and_holds_until_the_stream_gives_one(string id)
    {
        await using var server = ScriptedServer.Start(
            Script.OnRequest().ChunkedStream().Chunk("data: x\n\nid: 43\ndata: y\n\n").EndChunks());

        var result = await TapCommand.RunAsync(server.Url, "--last-event-id", id);

        result.ShouldBe(
            0,
            TapLine.Open(lastEventId: id),
            TapLine.Event("x", id),
            TapLine.Event("y", "43"),
            TapLine.Close("eof"),
            TapLine.Summary(events: 2));
        Assert.Equal(id, Assert.Single(server.Requests).Header("Last-Event-ID"));
    }

    [Fact]
    public async Task A_proxy_of_the_environment_is_not_used()
    {
        await using var proxy = ScriptedServer.Start(OneEvent);
        await using var server = ScriptedServer.Start(OneEvent);
        await using var process = ActorLoadProcess.StartWith(new("tap", server.Url, "--format", "json")
        {
            Environment = new Dictionary<string, string> { ["http_proxy"] = proxy.Url, ["HTTP_PROXY"] = proxy.Url, ["ALL_PROXY"] = proxy.Url },
        });

        Assert.Equal(0, (await process.ExitAsync()).ExitCode);
        Assert.Equal((0, 1), (proxy.Accepted, server.Accepted));
    }
}
