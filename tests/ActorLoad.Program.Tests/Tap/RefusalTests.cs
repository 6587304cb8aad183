using ActorLoad.TestServer;

namespace ActorLoad.Program.Tests.Tap;

/// <summary>Responses that are no event stream.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("404 Not Found", 404)]
    [InlineData("500 Internal Server Error", 500)]
    [InlineData("503 Service Unavailable", 503)]
    [InlineData("401 Unauthorized", 401)]
    [InlineData("205 Reset Content", 205)]
    [InlineData("206 Partial Content", 206)]
    [InlineData("299 Whatever", 299)]
    [InlineData("304 Not Modified", 304)]
    [InlineData("302 Found", 302)]
    public async Task A_status_other_than_200_is_told_with_its_number(string status, int number)
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().Respond(status, HttpFraming.EventStream));

        var result = await TapCommand.RunAsync(server.Url);

        result.ShouldBe(1, TapLine.StatusError(number), TapLine.Summary(events: 0, connects: 0));
        result.ShouldTellOneError("status");
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData()]
    [InlineData("--reconnect")]
    public async Task No_content_means_go_away(params string[] options)
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().Send("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"));

        var result = await TapCommand.RunAsync(server.Url, options);

        result.ShouldBe(1, TapLine.Error("no-content"), TapLine.Summary(events: 0, connects: 0));
        result.ShouldTellOneError("no-content");
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("Content-Type: text/plain")]
    [InlineData("Content-Type: text/html; charset=utf-8")]
    [InlineData("Content-Type: application/json")]
    [InlineData("Content-Type: text/event-streams")]
    [InlineData("Content-Type: text/event-stream-foo")]
    [InlineData("Content-Type: application/text/event-stream")]
    [InlineData("Content-Type: text/x; type=text/event-stream")]
    [InlineData("Content-Type: nonsense")]
    [InlineData("Content-Type:")]
    [InlineData("X-No-Content-Type: text/event-stream")]
    public async Task Another_content_type_is_refused(string header)
    {
        await using var server = ScriptedServer.Start(
            Script.OnRequest().Head("HTTP/1.1 200 OK", header, "Connection: close").Send("data: x\n\n"));

        var result = await TapCommand.RunAsync(server.Url, "--reconnect");

        result.ShouldBe(1, TapLine.Error("content-type"), TapLine.Summary(events: 0, connects: 0));
        result.ShouldTellOneError("content-type");
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("text/event-stream; charset=utf-8")]
    [InlineData("text/event-stream;charset=UTF-8")]
    [InlineData("text/event-stream; charset=windows-1252")]
    [InlineData("text/event-stream;x=\"a;b\"")]
    [InlineData("text/event-stream;")]
    [InlineData("text/event-stream ; charset=utf-8")]
    [InlineData("Text/Event-Stream")]
    [InlineData("TEXT/EVENT-STREAM")]
    public async Task An_event_stream_is_accepted_in_every_spelling_and_is_always_UTF_8(string contentType)
    {
        await using var server = ScriptedServer.Start(
            Script.OnRequest().ChunkedStream(contentType).Chunk("data: ok…\n\n").EndChunks());

        var result = await TapCommand.RunAsync(server.Url);

        result.ShouldBe(0, TapLine.Open(), TapLine.Event("ok…"), TapLine.Close("eof"), TapLine.Summary(events: 1));
    }
}
