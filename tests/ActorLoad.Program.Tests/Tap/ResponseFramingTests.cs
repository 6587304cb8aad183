using ActorLoad.TestServer;

namespace ActorLoad.Program.Tests.Tap;

/// <summary>Every way in which HTTP/1.x delimits a body, and every way in which a body ends.</summary>
public sealed class ResponseFramingTests
{
    private const string Body = "id: 1\ndata: x\n\n";

    public static TheoryData<string> WholeBodies => [.. Wholes.Keys];

    public static TheoryData<string> CutBodies => [.. Cuts.Keys];

    private static Dictionary<string, Script> Wholes { get; } = new()
    {
        ["chunked"] = Script.OnRequest().ChunkedStream().Chunk(Body).EndChunks(),
        ["chunked, the connection stays open"] = Script.OnRequest().ChunkedStream().Chunk(Body).EndChunks().KeepOpen(),
        ["chunked, all in one write"] = Script.OnRequest().Send(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "7\r\nid: 1\nd\r\n8;extension=1\r\nata: x\n\n\r\n0\r\nTrailer: t\r\n\r\n"),
        ["content length"] = Script.OnRequest().StreamOfLength(Body.Length).Send(Body),
        ["content length, the connection stays open"] = Script.OnRequest().StreamOfLength(Body.Length).Send(Body).KeepOpen(),
        ["until close"] = Script.OnRequest().StreamUntilClose().Send(Body),
        ["HTTP/1.0"] = Script.OnRequest().StreamOfHttp10().Send(Body),
        ["no reason phrase"] = Script.OnRequest()
            .Send("HTTP/1.1 200 \r\ncontent-type:text/event-stream\r\nconnection:close\r\n\r\n" + Body),
    };

    private static Dictionary<string, Script> Cuts { get; } = new()
    {
        ["chunked, between chunks"] = Script.OnRequest().ChunkedStream().Chunk(Body),
        ["chunked, within a chunk"] = Script.OnRequest().ChunkedStream().Chunk(Body).Send("20\r\ndata: never"),
        ["chunked, within a chunk size"] = Script.OnRequest().ChunkedStream().Chunk(Body).Send("2"),
        ["content length not reached"] = Script.OnRequest().StreamOfLength(Body.Length + 100).Send(Body),
    };

    [Theory]
    [MemberData(nameof(WholeBodies))]
    public async Task A_body_that_ends_as_announced_is_eof(string framing)
    {
        await using var server = ScriptedServer.Start(Wholes[framing]);

        var result = await TapCommand.RunAsync(server.Url);

        result.ShouldBe(0, TapLine.Open(), TapLine.Event("x", "1"), TapLine.Close("eof"), TapLine.Summary(events: 1));
        Assert.Equal(Body.Length, (int?)result.Lines[^1]["bytes"]);
    }

    [Theory]
    [MemberData(nameof(CutBodies))]
    public async Task A_body_that_ends_too_early_is_truncated_and_nobody_came_back(string cut)
    {
        await using var server = ScriptedServer.Start(Cuts[cut]);

        var result = await TapCommand.RunAsync(server.Url);

        result.ShouldBe(
            1, TapLine.Open(), TapLine.Event("x", "1"), TapLine.Close("truncated"), TapLine.Summary(events: 1));
    }

    [Fact]
    public async Task A_connection_reset_within_an_event_is_reset_and_nobody_came_back()
    {
        var seen = new Gate();
        await using var server = ScriptedServer.Start(
            Script.OnRequest().ChunkedStream().Chunk("data: x\n\ndata: cut").WaitFor(seen).Reset());
        await using var tap = TapCommand.Start(server.Url);

        await tap.EventLineAsync("x");
        seen.Open();

        (await tap.TapResultAsync()).ShouldBe(
            1, TapLine.Open(), TapLine.Event("x"), TapLine.Close("reset"), TapLine.Summary(events: 1));
    }
}
