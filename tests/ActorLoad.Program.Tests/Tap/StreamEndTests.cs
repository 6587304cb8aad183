using ActorLoad.Program.Tests.Running;
using ActorLoad.TestServer;

namespace ActorLoad.Program.Tests.Tap;

/// <summary>How a tap comes to its end, and what it has written by then.</summary>
public sealed class StreamEndTests
{
    [Fact]
    public async Task Without_reconnect_the_first_end_is_the_end()
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().ChunkedStream().Chunk("data: x\n\n").EndChunks());

        var result = await TapCommand.RunAsync(server.Url);

        result.ShouldBe(0, TapLine.Open(), TapLine.Event("x"), TapLine.Close("eof"), TapLine.Summary(events: 1));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Lines_are_flushed_while_the_stream_is_still_open()
    {
        var first = new Gate();
        var second = new Gate();
        await using var server = ScriptedServer.Start(
            Script.OnRequest().ChunkedStream().WaitFor(first).Chunk("data: 1\n\n").WaitFor(second).Chunk(": c\nretry: 5\n").KeepOpen());
        await using var tap = TapCommand.Start(server.Url);

        await tap.LineOfTypeAsync("open");
        first.Open();
        await tap.EventLineAsync("1");
        second.Open();
        await tap.LineOfTypeAsync("comment");
        await tap.LineOfTypeAsync("retry");

        Assert.False(tap.HasExited);
        Assert.Equal(1, server.OpenConnections);
    }

    [Fact]
    public async Task An_event_ended_by_a_lone_CR_is_not_held_back()
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().ChunkedStream().Chunk("data: x\r\r").KeepOpen());
        await using var tap = TapCommand.Start(server.Url);

        await tap.EventLineAsync("x");

        Assert.False(tap.HasExited);
    }

    [Fact]
    public async Task Max_events_ends_the_tap_and_its_connection()
    {
        await using var server = ScriptedServer.Start(
            Script.OnRequest().ChunkedStream().Chunk("data: 1\n\n: c\ndata: 2\n\ndata: 3\n\n: d\n").KeepOpen());

        var result = await TapCommand.RunAsync(server.Url, "--max-events", "2");

        result.ShouldBeStopped(
            TapLine.Summary(events: 2, comments: 1), TapLine.Open(), TapLine.Event("1"), TapLine.Comment("c"), TapLine.Event("2"));
        Assert.Equal(["1", "2"], result.Data);
        await server.ConnectionsEndedAsync(1);
    }

    [Fact]
    public async Task For_ends_the_tap_and_its_connection()
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().ChunkedStream().Chunk("data: 1\n\n").KeepOpen());

        var result = await TapCommand.RunAsync(server.Url, "--for", "1500ms");

        result.ShouldBeStopped(TapLine.Summary(events: 1), TapLine.Open(), TapLine.Event("1"));
        await server.ConnectionsEndedAsync(1);
    }

    [Fact]
    public async Task For_ends_a_tap_that_keeps_reconnecting()
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().ChunkedStream().EndChunks());

        var result = await TapCommand.RunAsync(server.Url, "--reconnect", "--for", "2s");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("summary", (string?)result.Lines[^1]["type"]);
        Assert.True(server.Requests.Count >= 2, $"{server.Requests.Count} requests");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ctrl_C_and_SIGTERM_end_the_tap_with_a_summary(bool interrupt)
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().ChunkedStream().Chunk("data: 1\n\n").KeepOpen());
        await using var tap = TapCommand.Start(server.Url, "--reconnect");
        await tap.EventLineAsync("1");

        if (interrupt)
        {
            tap.Interrupt();
        }
        else
        {
            tap.Terminate();
        }

        var result = await tap.TapResultAsync();
        Assert.Equal(130, result.ExitCode);
        Assert.True(TapLine.Matches(TapLine.Summary(events: 1), result.Lines[^1]), result.ToString());
    }

    [Fact]
    public async Task A_closed_stdout_ends_the_tap_as_head_expects()
    {
        var gone = new Gate();
        await using var server = ScriptedServer.Start(
            Script.OnRequest().StreamUntilClose().Send("data: 1\n\n").WaitFor(gone).SendEndlessly("data: more\n\n"u8.ToArray()));
        await using var tap = ActorLoadProcess.StartWith(
            new("tap", server.Url, "--format", "json", "--reconnect") { CloseOutputAfter = 1 });
        await tap.Output.FirstAsync(_ => false, CancellationToken.None);

        gone.Open();

        var result = await tap.ExitAsync();
        Assert.Single(result.Output);
        Assert.DoesNotContain("   at ", result.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_stdout_ends_the_tap_of_a_silent_stream_too()
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().ChunkedStream().Chunk("data: 1\n\n").KeepOpen());
        await using var tap = ActorLoadProcess.StartWith(
            new("tap", server.Url, "--format", "json") { CloseOutputAfter = 2 });

        var result = await tap.ExitAsync();

        Assert.Equal(2, result.Output.Count);
        await server.ConnectionsEndedAsync(1);
    }

    [Fact]
    public async Task A_stream_without_an_event_is_a_good_stream()
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().StreamOfLength(0));

        var result = await TapCommand.RunAsync(server.Url);

        result.ShouldBe(0, TapLine.Open(), TapLine.Close("eof"), TapLine.Summary(events: 0));
    }
}
