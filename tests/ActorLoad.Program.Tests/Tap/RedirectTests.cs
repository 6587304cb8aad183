using ActorLoad.TestServer;

namespace ActorLoad.Program.Tests.Tap;

/// <summary>Redirects, which are followed as a browser follows them, ten at most.</summary>
public sealed class RedirectTests
{
    private static readonly Script Stream = Script.OnRequest().ChunkedStream().Chunk("data: x\n\n").EndChunks();

    [Theory]
    [InlineData("301 Moved Permanently")]
    [InlineData("302 Found")]
    [InlineData("303 See Other")]
    [InlineData("307 Temporary Redirect")]
    [InlineData("308 Permanent Redirect")]
    public async Task A_redirect_is_followed_with_all_headers(string status)
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().Redirect(status, "/elsewhere?a=1"), Stream);

        var result = await TapCommand.RunAsync(server.UrlOf("/here"), "--header", "X-Test: 1", "--last-event-id", "5");

        result.ShouldBe(0, TapLine.Open(lastEventId: "5"), TapLine.Event("x", "5"), TapLine.Close("eof"), TapLine.Summary(events: 1));
        Assert.Equal(server.UrlOf("/elsewhere?a=1"), (string?)result.Lines[0]["url"]);
        Assert.Equal(["GET /here", "GET /elsewhere?a=1"], server.Requests.Select(r => $"{r.Method} {r.Target}"));
        Assert.All(server.Requests, r => Assert.Equal(
            ("text/event-stream", "no-store", "1", "5"),
            (r.Header("Accept"), r.Header("Cache-Control"), r.Header("X-Test"), r.Header("Last-Event-ID"))));
    }

    [Fact]
    public async Task A_redirect_to_another_server_is_followed()
    {
        await using var target = ScriptedServer.Start(Stream);
        await using var server = ScriptedServer.Start(Script.OnRequest().Redirect("307 Temporary Redirect", target.UrlOf("/there")));

        var result = await TapCommand.RunAsync(server.Url);

        Assert.Equal(["x"], result.Data);
        Assert.Equal("/there", Assert.Single(target.Requests).Target);
    }

    [Fact]
    public async Task Ten_redirects_are_followed()
    {
        await using var server = ScriptedServer.Start([.. Redirects(10), Stream]);

        var result = await TapCommand.RunAsync(server.Url);

        result.ShouldBe(0, TapLine.Open(), TapLine.Event("x"), TapLine.Close("eof"), TapLine.Summary(events: 1));
        Assert.Equal(11, server.Requests.Count);
    }

    [Theory]
    [InlineData()]
    [InlineData("--reconnect")]
    public async Task Eleven_redirects_are_too_many(params string[] options)
    {
        await using var server = ScriptedServer.Start([.. Redirects(11), Stream]);

        var result = await TapCommand.RunAsync(server.Url, options);

        result.ShouldBe(1, TapLine.Error("redirect-loop"), TapLine.Summary(events: 0, connects: 0));
        result.ShouldTellOneError("redirect-loop");
        Assert.Equal(11, server.Requests.Count);
    }

    [Fact]
    public async Task A_redirect_to_itself_is_a_loop()
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().Redirect("302 Found", "/events"));

        var result = await TapCommand.RunAsync(server.Url);

        result.ShouldBe(1, TapLine.Error("redirect-loop"), TapLine.Summary(events: 0, connects: 0));
        Assert.InRange(server.Requests.Count, 1, 11);
    }

    private static IEnumerable<Script> Redirects(int count) =>
        Enumerable.Range(1, count).Select(i => Script.OnRequest().Redirect("302 Found", $"/{i}"));
}
