using ActorLoad.Actors.Tests.Connections;
using ActorLoad.Actors.Transport;
using ActorLoad.Actors.Transport.Pacing;
using ActorLoad.Messages.Scenarios;
using ActorLoad.TestServer;
using Akka.Streams;

namespace ActorLoad.Actors.Tests.Transport.Pacing;

/// <summary>Slow readers over real sockets: the server feels them.</summary>
public sealed class SlowReaderTests() : ConnectionGraphSpec("")
{
    private const int ServersOwnBuffers = 64 * 1024;

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    public async Task A_server_is_held_back_by_a_reader_that_stops(int bytes)
    {
        await using var server = new FloodServer();
        using var connector = new HttpSseConnector(new HttpSettings(), 64 * 1024);
        var (seen, kill) = await ReadAsync(connector, server.Url, new StreamSettings { StopReadingAfterBytes = bytes });
        var sent = await server.BlockedAsync();

        Assert.Equal(bytes, seen.Reads.ToArray().Sum(r => r.Count));
        Assert.InRange(sent, bytes, bytes + ServersOwnBuffers);
        Assert.Equal(0, seen.Ends);
        kill.Shutdown();
        await seen.End;
    }

    [Fact]
    public async Task Received_is_never_more_than_the_rate_allows_and_the_server_is_held_to_it()
    {
        const int rate = 100_000;
        await using var server = new FloodServer();
        using var connector = new HttpSseConnector(new HttpSettings(), 64 * 1024);
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (seen, kill) = await ReadAsync(connector, server.Url, new StreamSettings { ReadRate = rate }, s =>
        {
            if (s.Records.Count == 60)
            {
                enough.TrySetResult();
            }
        });
        await enough.Task.WaitAsync(Patience);
        var (sent, reads) = (server.Sent, seen.Reads.ToArray());
        kill.Shutdown();
        await seen.End;

        // By the stamps themselves, however slow the machine is.
        long sum = 0;
        foreach (var (count, at) in reads)
        {
            sum += count;
            var seconds = TimeProvider.System.GetElapsedTime(_openedAt, at).TotalSeconds;
            Assert.True(sum <= rate * seconds, $"{sum} bytes after {seconds} s");
        }

        Assert.InRange(sent, 1, seen.Reads.ToArray().Sum(r => r.Count) + ServersOwnBuffers);
    }

    [Fact]
    public async Task Over_http2_the_window_holds_the_server_back_and_nobody_else_on_the_connection()
    {
        const int window = 64 * 1024;
        const int serversOwn = 512 * 1024;
        await using var server = await KestrelSite.StartAsync();
        using var connector = new HttpSseConnector(new HttpSettings { Version = "2", StreamsPerConnection = 2 }, 64 * 1024);
        var (seen, kill) = await ReadAsync(connector, server.UrlOf("/flood"), new StreamSettings { StopReadingAfterBytes = 100_000 });
        var written = await server.BlockedAsync();

        Assert.Equal(100_000, seen.Reads.ToArray().Sum(r => r.Count));
        Assert.InRange(written, 100_000 + (window / 2), 100_000 + window + serversOwn);
        var other = (await connector.ConnectAsync(new StreamRequest { Url = server.UrlOf("/end") }, CancellationToken.None)).Response!;
        using var reader = new StreamReader(other.Body);
        Assert.Equal("data: 1\n\n", await reader.ReadToEndAsync().WaitAsync(Patience));
        Assert.Single(server.Sources);
        Assert.Equal(0, seen.Ends);
        kill.Shutdown();
        await seen.End;
    }

    private long _openedAt;

    private async Task<(FramingRecorder Seen, IKillSwitch Kill)> ReadAsync(
        HttpSseConnector connector, Uri url, StreamSettings settings, Action<FramingRecorder>? on = null)
    {
        var request = new StreamRequest { Url = url, ReceiveBuffer = ReadPace.ReceiveBufferFor(settings) };
        var response = (await connector.ConnectAsync(request, CancellationToken.None).WaitAsync(Patience)).Response!;
        _openedAt = response.HeadersAt;
        var seen = Run(response, ReadPace.For(settings, TimeProvider.System, response.HeadersAt), out var kill);
        if (on is not null)
        {
            seen.On = _ => on(seen);
        }

        return (seen, kill);
    }
}
