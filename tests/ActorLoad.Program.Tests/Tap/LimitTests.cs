using ActorLoad.Program.Tests.Running;
using ActorLoad.TestServer;

namespace ActorLoad.Program.Tests.Tap;

/// <summary>Streams without end in the wrong place: each meets its limit, and memory stays flat.</summary>
public sealed class LimitTests
{
    // Far above what the program needs, far below what these servers send to a client that keeps it all.
    private const long MemoryBound = 300L << 20;
    private const long SentBound = 64L << 20;

    [Fact]
    public async Task A_header_flood_is_protocol()
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().HeaderFlood());

        var result = await RunWatchedAsync(server);

        result.ShouldBe(1, TapLine.Error("protocol"), TapLine.Summary(events: 0, connects: 0));
        result.ShouldTellOneError("protocol");
        AssertBounded(server, result);
    }

    [Fact]
    public async Task An_endless_line_is_line_too_long()
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().EndlessLine());

        var result = await RunWatchedAsync(server, "--max-line", "64KiB");

        result.ShouldBe(1, TapLine.Open(), TapLine.Error("line-too-long"), TapLine.Summary(events: 0));
        result.ShouldTellOneError("line-too-long");
        AssertBounded(server, result);
    }

    [Fact]
    public async Task An_endless_line_meets_the_default_limit_too()
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().EndlessLine());

        var result = await RunWatchedAsync(server);

        result.ShouldBe(1, TapLine.Open(), TapLine.Error("line-too-long"), TapLine.Summary(events: 0));
        AssertBounded(server, result);
    }

    [Fact]
    public async Task An_endless_event_is_event_too_large()
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().EndlessEvent());

        var result = await RunWatchedAsync(server, "--max-event", "256KiB");

        result.ShouldBe(1, TapLine.Open(), TapLine.Error("event-too-large"), TapLine.Summary(events: 0));
        result.ShouldTellOneError("event-too-large");
        AssertBounded(server, result);
    }

    [Fact]
    public async Task An_endless_comment_or_unknown_field_is_a_line_too()
    {
        await using var server = ScriptedServer.Start(
            Script.OnRequest().StreamUntilClose().Send(": ").SendEndlessly([.. Enumerable.Repeat((byte)'c', 4096)]));

        var result = await RunWatchedAsync(server, "--max-line", "64KiB");

        result.ShouldTellOneError("line-too-long");
        AssertBounded(server, result);
    }

    [Fact]
    public async Task A_stream_is_left_when_it_meets_a_limit()
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().EndlessLine());

        var result = await TapCommand.RunAsync(server.Url, "--reconnect", "--max-line", "64KiB");

        Assert.Equal(1, result.ExitCode);
        result.ShouldTellOneError("line-too-long");
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Events_before_the_limit_are_told()
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().ChunkedStream()
            .Chunk("data: small\n\n").Chunk("data: " + new string('x', 2000) + "\n\n").KeepOpen());

        var result = await TapCommand.RunAsync(server.Url, "--max-line", "1KiB");

        result.ShouldBe(1, TapLine.Open(), TapLine.Event("small"), TapLine.Error("line-too-long"), TapLine.Summary(events: 1));
    }

    [Fact]
    public async Task Lines_and_events_below_the_limits_pass()
    {
        var line = new string('x', 900);
        var data = string.Join('\n', Enumerable.Repeat(line, 20));
        await using var server = ScriptedServer.Start(Script.OnRequest().ChunkedStream()
            .Chunk(string.Concat(Enumerable.Repeat($"data: {line}\n", 20)) + "\n").EndChunks());

        var result = await TapCommand.RunAsync(server.Url, "--max-line", "1KiB", "--max-event", "20KiB");

        result.ShouldBe(0, TapLine.Open(), TapLine.Event(data), TapLine.Close("eof"), TapLine.Summary(events: 1));
    }

    [Fact]
    public async Task A_stream_without_a_byte_for_too_long_is_stalled()
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().ChunkedStream().Chunk("data: x\n\ndata: cut").KeepOpen());

        var result = await TapCommand.RunAsync(server.Url, "--stall-after", "1s");

        result.ShouldBe(1, TapLine.Open(), TapLine.Event("x"), TapLine.Error("stalled"), TapLine.Summary(events: 1));
        result.ShouldTellOneError("stalled");
        await server.ConnectionsEndedAsync(1);
    }

    [Fact]
    public async Task Megabytes_of_events_keep_memory_flat()
    {
        var chunk = string.Concat(Enumerable.Repeat("data: " + new string('x', 500) + "\n\n", 100));
        const int Chunks = 1000;
        await using var server = ScriptedServer.Start(Script.OnRequest().ChunkedStream()
            .SendEach(Enumerable.Repeat(System.Text.Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n{chunk}\r\n"), Chunks)).EndChunks());

        var result = await RunWatchedAsync(server);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(100 * Chunks, (int?)result.Lines[^1]["events"]);
        Assert.Equal(100 * Chunks, result.OfType("event").Count);
        Assert.InRange(result.PeakMemory, 1, MemoryBound);
    }

    private static async Task<TapResult> RunWatchedAsync(ScriptedServer server, params string[] options)
    {
        await using var process = ActorLoadProcess.StartWith(
            new(["tap", server.Url, "--format", "json", .. options]) { WatchMemory = true });
        return await process.TapResultAsync();
    }

    private static void AssertBounded(ScriptedServer server, TapResult result)
    {
        Assert.InRange(result.PeakMemory, 1, MemoryBound);
        Assert.InRange(server.BytesSent, 1, SentBound);
    }
}
