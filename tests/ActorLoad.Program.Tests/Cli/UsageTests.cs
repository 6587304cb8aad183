using ActorLoad.Program.Tests.Running;
using ActorLoad.TestServer;

namespace ActorLoad.Program.Tests.Cli;

/// <summary>Wrong usage: one clear message on stderr, nothing on stdout, exit code 2, nothing started.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("frobnicate")]
    [InlineData("tapp", "URL")]
    [InlineData("tap")]
    [InlineData("tap", "URL", "URL")]
    [InlineData("tap", "URL", "--frobnicate")]
    [InlineData("tap", "URL", "--max-events")]
    [InlineData("tap", "not a url")]
    [InlineData("tap", "/events")]
    [InlineData("tap", "127.0.0.1:80/events")]
    [InlineData("tap", "ftp://127.0.0.1/events")]
    [InlineData("tap", "http://")]
    [InlineData("tap", "")]
    [InlineData("tap", "URL", "--for", "10parsecs")]
    [InlineData("tap", "URL", "--for", "-1s")]
    [InlineData("tap", "URL", "--for", "soon")]
    [InlineData("tap", "URL", "--stall-after", "ten")]
    [InlineData("tap", "URL", "--timeout", "1 fortnight")]
    [InlineData("tap", "URL", "--header", "NoColon")]
    [InlineData("tap", "URL", "--header", ": no name")]
    [InlineData("tap", "URL", "--header", "Bad Name: x")]
    [InlineData("tap", "URL", "--header", "X-Test: a\r\nX-Smuggled: b")]
    [InlineData("tap", "URL", "--last-event-id", "a\nb")]
    [InlineData("tap", "URL", "--format", "xml")]
    [InlineData("tap", "URL", "--max-events", "many")]
    [InlineData("tap", "URL", "--max-events", "-1")]
    [InlineData("tap", "URL", "--max-line", "lots")]
    [InlineData("tap", "URL", "--max-event", "-1KiB")]
    public async Task Wrong_usage_is_told_and_starts_nothing(params string[] arguments)
    {
        await using var server = ScriptedServer.Start(Script.OnRequest().ChunkedStream().EndChunks());

        var result = await ActorLoadProcess.RunAsync([.. arguments.Select(a => a == "URL" ? server.Url : a)]);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.OutputText);
        Assert.NotEqual("", result.ErrorText.Trim());
        Assert.DoesNotContain("   at ", result.ErrorText, StringComparison.Ordinal);
        Assert.Equal(0, server.Accepted);
    }

    [Theory]
    [InlineData("--frobnicate", "tap", "http://127.0.0.1/", "--frobnicate")]
    [InlineData("frobnicate", "frobnicate")]
    [InlineData("10parsecs", "tap", "http://127.0.0.1/", "--for", "10parsecs")]
    [InlineData("--header", "tap", "http://127.0.0.1/", "--header", "NoColon")]
    [InlineData("not a url", "tap", "not a url")]
    public async Task The_message_names_what_was_wrong(string culprit, params string[] arguments)
    {
        var result = await ActorLoadProcess.RunAsync(arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(culprit, result.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_of_tap_names_its_options()
    {
        var result = await ActorLoadProcess.RunAsync("tap", "--help");

        Assert.Equal(0, result.ExitCode);
        foreach (var option in new[]
        {
            "--header", "--last-event-id", "--max-events", "--for", "--reconnect", "--stall-after", "--timeout", "--max-line",
            "--max-event", "--format",
        })
        {
            Assert.Contains(option, result.OutputText, StringComparison.Ordinal);
        }
    }
}
