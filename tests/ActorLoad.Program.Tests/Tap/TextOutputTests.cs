using ActorLoad.Program.Tests.Running;
using ActorLoad.TestServer;

namespace ActorLoad.Program.Tests.Tap;

/// <summary>The output for people.</summary>
public sealed class TextOutputTests
{
    [Fact]
    public async Task Text_shows_what_came_and_is_no_JSON()
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().ChunkedStream()
            .Chunk("event: price\nid: i-17\ndata: first line\ndata: second line\n\n: still here\nretry: 1234\n\n").EndChunks());

        var result = await ActorLoadProcess.RunAsync("tap", server.Url, "--format", "text");

        Assert.Equal(0, result.ExitCode);
        foreach (var part in new[] { "price", "i-17", "first line", "second line", "still here", "1234", "eof" })
        {
            Assert.Contains(part, result.OutputText, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(result.Output, line => line.StartsWith('{'));
    }

    [Fact]
    public async Task Text_tells_why_a_stream_could_not_be_opened()
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().Respond("503 Service Unavailable"));

        var result = await ActorLoadProcess.RunAsync("tap", server.Url, "--format", "text");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("503", result.OutputText + result.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_of_a_stream_cannot_steer_the_terminal()
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().ChunkedStream()
            .Chunk("event: \u001b]0;owned\u0007\ndata: \u001b[2Jgone\n\n: \u001b[31mred\n").EndChunks());

        var result = await ActorLoadProcess.RunAsync("tap", server.Url, "--format", "text");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("gone", result.OutputText, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.OutputText);
        Assert.DoesNotContain('\u0007', result.OutputText);
    }
}
