using System.Diagnostics;
using ActorLoad.TestServer;

namespace ActorLoad.Program.Tests.Tap;

/// <summary>What <c>--reconnect</c> does after each kind of end.</summary>
public sealed class ReconnectTests
{
    private static readonly Script Last = Script.OnRequest().ChunkedStream().Chunk("id: 9\ndata: last\n\n").KeepOpen();

    public static TheoryData<string> Ends => [.. EndsByName.Keys];

    private static Dictionary<string, (Script Script, string Reason)> EndsByName { get; } = new()
    {
        ["chunked"] = (Script.OnRequest().ChunkedStream().Chunk("id: 1\ndata: a\n\n").EndChunks(), "eof"),
        ["until close"] = (Script.OnRequest().StreamUntilClose().Send("id: 1\ndata: a\n\n"), "eof"),
        ["truncated"] = (Script.OnRequest().ChunkedStream().Chunk("id: 1\ndata: a\n\n"), "truncated"),
    };

    /// <summary>What a first connection sends, and the Last-Event-ID of the second; null when it must not be sent.</summary>
    public static TheoryData<string, string?> Cursors => new()
    {
        { "id: 1\ndata: a\n\n", "1" },
        { "id: 1\ndata: a\n\ndata: b\n\n", "1" },
        { "id: 1\ndata: a\n\nid: 2\ndata: b\n", "1" },
        { "id: 1\ndata: a\n\nid: 2\ndata: b\n\nid: 3", "2" },
        { "id: 1\ndata: a\n\nid: 2\n\n", "2" },
        { "id: 1\ndata: a\n\nid: 2\n", "1" },
        { "id: 1\ndata: a\n\nid\ndata: b\n\n", null },
        { "id: 1\ndata: a\n\nid: 2\0\ndata: b\n\n", "1" },
        { "id: …\ndata: a\n\n", "…" },
        { "id: a b: c\ndata: a\n\n", "a b: c" },
        { "data: a\n\n", null },
        { "", null },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task It_comes_back_with_the_last_event_id(string end)
    {
        await using var server = ScriptedServer.Start(EndsByName[end].Script, Last);

        var result = await TapCommand.RunAsync(server.Url, "--reconnect", "--max-events", "2");

        result.ShouldBeStopped(
            TapLine.Summary(events: 2, connects: 2, reconnects: 1),
            TapLine.Open(),
            TapLine.Event("a", "1"),
            TapLine.Close(EndsByName[end].Reason),
            TapLine.Open(attempt: 2, lastEventId: "1"),
            TapLine.Event("last", "9"));
        Assert.Equal(["", "1"], server.Requests.Select(r => r.Header("Last-Event-ID") ?? ""));
        Assert.Equal("text/event-stream", server.Requests[1].Header("Accept"));
        Assert.Equal("no-store", server.Requests[1].Header("Cache-Control"));
    }

    [Fact]
    public async Task It_comes_back_after_a_reset()
    {
        var seen = new Gate();
        await using var server = ScriptedServer.Start(
            Script.OnRequest().ChunkedStream().Chunk("id: 1\ndata: a\n\nid: 2\ndata: cut").WaitFor(seen).Reset(), Last);
        await using var tap = TapCommand.Start(server.Url, "--reconnect", "--max-events", "2");
        await tap.EventLineAsync("a");

        seen.Open();

        (await tap.TapResultAsync()).ShouldBeStopped(
            TapLine.Summary(events: 2, connects: 2, reconnects: 1),
            TapLine.Open(),
            TapLine.Event("a", "1"),
            TapLine.Close("reset"),
            TapLine.Open(attempt: 2, lastEventId: "1"),
            TapLine.Event("last", "9"));
    }

    [Theory]
    [MemberData(nameof(Cursors))]
    public async Task The_cursor_is_the_id_of_the_last_dispatched_block(string stream, string? lastEventId)
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().StreamUntilClose().Send(stream), Last);
        await using var tap = TapCommand.Start(server.Url, "--reconnect");

        var second = await server.RequestAsync(2);

        Assert.Equal(lastEventId, second.Header("Last-Event-ID"));
    }

    [Fact]
    public async Task The_cursor_outlives_connections_that_bring_no_id()
    {
        await using var server = ScriptedServer.Start(
            Script.OnRequest().StreamUntilClose().Send("id: 7\ndata: a\n\n"),
            Script.OnRequest().StreamUntilClose().Send("data: b\n\n"),
            Script.OnRequest().StreamUntilClose(),
            Last);

        var result = await TapCommand.RunAsync(server.Url, "--reconnect", "--max-events", "3");

        Assert.Equal(["", "7", "7", "7"], server.Requests.Select(r => r.Header("Last-Event-ID") ?? ""));
        Assert.Equal(["7", "7", "9"], result.OfType("event").Select(e => (string?)e["id"]));
        Assert.Equal([1, 2, 3, 4], result.OfType("open").Select(o => (int)o["attempt"]!));
        Assert.True(TapLine.Matches(TapLine.Summary(events: 3, connects: 4, reconnects: 3), result.Lines[^1]), result.ToString());
    }

    [Fact]
    public async Task The_retry_time_of_the_server_is_waited_out_on_each_reconnect()
    {
        await using var server = ScriptedServer.Start(
            Script.OnRequest().StreamUntilClose().Send("retry: 1500\ndata: a\n\n"),
            Script.OnRequest().StreamUntilClose().Send("data: b\n\n"),
            Last);

        var result = await TapCommand.RunAsync(server.Url, "--reconnect", "--max-events", "3");

        Assert.Equal(["a", "b", "last"], result.Data);
        var requests = server.Requests;
        // Never earlier: a lower bound holds on any machine. The little it is short of 1.5 s is the tick of a timer.
        Assert.All(
            requests.Zip(requests.Skip(1), (first, next) => Stopwatch.GetElapsedTime(first.ArrivedAt, next.ArrivedAt)),
            gap => Assert.True(gap >= TimeSpan.FromMilliseconds(1450), $"came back after {gap}"));
    }

    [Fact]
    public async Task A_no_content_answer_after_a_good_stream_is_its_good_end()
    {
        await using var server = ScriptedServer.Start(
            EndsByName["chunked"].Script, Script.OnRequest().Send("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"), Last);

        var result = await TapCommand.RunAsync(server.Url, "--reconnect");

        result.ShouldBe(
            0,
            TapLine.Open(),
            TapLine.Event("a", "1"),
            TapLine.Close("eof"),
            TapLine.Error("no-content"),
            TapLine.Summary(events: 1));
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("404 Not Found", "text/event-stream", "status")]
    [InlineData("401 Unauthorized", "text/event-stream", "status")]
    [InlineData("200 OK", "text/html", "content-type")]
    public async Task A_permanent_refusal_ends_the_reconnects(string status, string contentType, string reason)
    {
        await using var server = ScriptedServer.Start(
            EndsByName["chunked"].Script, Script.OnRequest().Respond(status, contentType), Last);

        var result = await TapCommand.RunAsync(server.Url, "--reconnect");

        result.ShouldTellOneError(reason);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_server_that_is_not_there_yet_is_asked_again(int status)
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().Respond($"{status} Try Again"), Last);

        var result = await TapCommand.RunAsync(server.Url, "--reconnect", "--max-events", "1");

        Assert.Equal(0, result.ExitCode);
        Assert.True(TapLine.Matches(TapLine.StatusError(status), result.Lines[0]), result.ToString());
        Assert.Equal(["last"], result.Data);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_was_restarted_is_found_again()
    {
        var first = ScriptedServer.Start(Script.OnRequest().ChunkedStream().Chunk("id: 1\ndata: a\n\n").KeepOpen());
        await using var tap = TapCommand.Start(first.Url, "--reconnect", "--max-events", "2");
        await tap.EventLineAsync("a");
        await first.DisposeAsync();
        await tap.LineAsync(line => TapLine.Matches(TapLine.Error("connect"), TapLine.Parse(line)));

        await using var second = ScriptedServer.StartOn(first.Port, Last);

        var result = await tap.TapResultAsync();
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["a", "last"], result.Data);
        Assert.Equal("1", second.Requests[0].Header("Last-Event-ID"));
    }

    [Fact]
    public async Task A_stalled_stream_is_left_and_opened_again()
    {
        await using var server = ScriptedServer.Start(
            Script.OnRequest().ChunkedStream().Chunk("id: 1\ndata: a\n\n").KeepOpen(), Last);

        var result = await TapCommand.RunAsync(server.Url, "--reconnect", "--stall-after", "1s", "--max-events", "2");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["a", "last"], result.Data);
        result.ShouldTellOneError("stalled");
        Assert.Equal("1", server.Requests[1].Header("Last-Event-ID"));
        await server.ConnectionsEndedAsync(2);
    }
}
