using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ActorLoad.Host.Target;

namespace ActorLoad.Host.Tests.Target;

public sealed class ControlTests : TargetTest
{
    [Fact]
    public async Task After_a_pause_the_events_sent_equal_the_events_received_exactly()
    {
        await using var target = await StartAsync(Fast with { HeartbeatInterval = TimeSpan.FromMilliseconds(50) });
        string[] paths = ["stream", "prices", "logs?interval_ms=1", "stream?interval_ms=20&spread=1"];
        var clients = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => OpenAsync(target, $"/api/events/{paths[i % 4]}", i % 3 == 0 ? 0 : null)));
        long received = 0, comments = 0, bytes = 0;
        var readers = clients.Select(async client =>
        {
            var body = await client.Response.Content.ReadAsStreamAsync();
            var buffer = new byte[8192];
            var tail = "";
            for (var read = await body.ReadAsync(buffer); read > 0; read = await body.ReadAsync(buffer))
            {
                var blocks = (tail + Encoding.UTF8.GetString(buffer, 0, read)).Split("\n\n");
                tail = blocks[^1];
                Interlocked.Add(ref received, blocks[..^1].Count(b => b.StartsWith("id:", StringComparison.Ordinal)));
                Interlocked.Add(ref comments, blocks[..^1].Count(b => b.StartsWith(": heartbeat", StringComparison.Ordinal)));

                // Last: who has all bytes has counted what is in them.
                Interlocked.Add(ref bytes, read);
            }
        }).ToArray();

        for (var round = 0; round < 3; round++)
        {
            var goal = target.Stats.Events.Sent + 2000;
            await UntilAsync(target, s => s.Events.Sent >= goal);
            using var paused = await PostAsync(target, "/api/control/pause");
            Assert.Contains("true", await paused.Content.ReadAsStringAsync());
            await UntilAsync(target, s => s.Streams.Pending == 0);
            var stats = target.Stats;
            await UntilAsync(() => Volatile.Read(ref bytes) >= stats.Bytes, () => $"{bytes} of {stats.Bytes} bytes arrived");
            Assert.Equal(stats.Events.Sent, Volatile.Read(ref received));
            Assert.Equal(stats.Comments, Volatile.Read(ref comments));
            Assert.Equal(stats.Bytes, Volatile.Read(ref bytes));
            Assert.Equal(stats.Events.Sent, stats.Events.Channels.Values.Sum(c => c.Sent));
            Assert.Equal(100, stats.Streams.Open);
            Assert.Equal(stats.Events.Sent, target.Stats.Events.Sent);
            using var resumed = await PostAsync(target, "/api/control/resume");
            Assert.Contains("false", await resumed.Content.ReadAsStringAsync());
        }

        await target.StopAsync();
        await Task.WhenAll(readers);
        Assert.Equal(100, target.Stats.Streams.Closed["stopped"]);
    }

    [Fact]
    public async Task Stats_tell_the_same_over_http_and_are_reset_without_forgetting_what_is_open()
    {
        await using var target = await StartAsync();
        using var client = await OpenAsync(target, "/api/events/stream");
        await client.TakeAsync(3);
        await PostAsync(target, "/api/control/pause");
        await UntilAsync(target, s => s.Streams.Pending == 0);
        var stats = JsonDocument.Parse(await Http.GetStringAsync(new Uri(target.BaseUrl, "/api/stats"))).RootElement;
        Assert.True(stats.GetProperty("paused").GetBoolean());
        Assert.Equal(1, stats.GetProperty("streams").GetProperty("opened").GetInt64());
        Assert.Equal(target.Stats.Events.Sent, stats.GetProperty("events").GetProperty("sent").GetInt64());
        Assert.Equal(target.Stats.Events.Sent, stats.GetProperty("events").GetProperty("channels").GetProperty("main").GetProperty("sent").GetInt64());
        Assert.True(stats.GetProperty("connections").GetProperty("accepted").GetInt64() >= 2);
        Assert.Equal(0, stats.GetProperty("streams").GetProperty("closed").GetProperty("client").GetInt64());
        Assert.True(stats.GetProperty("requests").GetProperty("200").GetInt64() >= 2);

        await PostAsync(target, "/api/stats/reset");
        Assert.Equal((0, 0, 0), (target.Stats.Events.Sent, target.Stats.Streams.Opened, target.Stats.Bytes));
        Assert.Equal(1, target.Stats.Streams.Open);
        Assert.True(target.Stats.Connections.Open >= 1);
    }

    [Fact]
    public async Task A_client_that_leaves_is_noticed_and_counted()
    {
        await using var target = await StartAsync();
        using (var client = await OpenAsync(target, "/api/events/stream?interval_ms=3600000"))
        {
            Assert.Equal(1, target.Stats.Streams.Open);
        }

        await UntilAsync(target, s => s.Streams.Open == 0 && s.Streams.Closed["client"] == 1);
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_dropped_when_the_ring_overtakes_it_and_others_go_on()
    {
        await using var target = await StartAsync(Fast with { RingSize = 4 });
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(target.BaseUrl.Host, target.BaseUrl.Port);
        await socket.SendAsync("GET /api/chat/room/events HTTP/1.1\r\nHost: t\r\n\r\n"u8.ToArray());
        using var other = await OpenAsync(target, "/api/chat/room/events?user=reader");
        var text = new string('x', 30_000);
        long posted = 0;
        while (target.Stats.Streams.Closed["behind"] == 0)
        {
            using var response = await PostAsync(target, "/api/chat/room", new { user = "writer", text });
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            posted++;
            Assert.True(posted < 5000, "the client that does not read was never dropped");
            var next = await other.NextAsync();
            while (next!.Type != "message")
            {
                next = await other.NextAsync();
            }
        }

        Assert.Equal(1, target.Stats.Streams.Open);
    }

    [Fact]
    public async Task Stopping_ends_streams_properly_and_at_once()
    {
        var target = await StartAsync();
        using var client = await OpenAsync(target, "/api/events/stream?interval_ms=3600000");
        await target.StopAsync();
        Assert.Empty(await client.TakeAllAsync());
        Assert.Equal(1, target.Stats.Streams.Closed["stopped"]);
        await Assert.ThrowsAsync<HttpRequestException>(() => Http.GetAsync(target.BaseUrl));
        await target.DisposeAsync();
    }

    [Fact]
    public async Task Stopping_hard_resets_streams()
    {
        await using var target = await StartAsync();
        using var client = await OpenAsync(target, "/api/events/stream");
        await client.TakeAsync(1);
        await target.StopAsync(abort: true);
        await Assert.ThrowsAnyAsync<IOException>(client.TakeAllAsync);
    }

    [Fact]
    public async Task A_target_restarted_on_the_same_port_with_a_journal_replays_what_it_held()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var options = Fast with { JournalDirectory = folder.FullName, Interval = TimeSpan.FromMilliseconds(20) };
            var first = await StartAsync(options);
            var (url, last) = (first.BaseUrl, 0L);
            using (var client = await OpenAsync(first, "/api/events/stream"))
            {
                last = (await client.TakeAsync(5))[^1].Id;
                await UntilAsync(first, s => s.Events.Published >= 10);
                await first.StopAsync(abort: true);
            }

            await using var second = await StartAsync(options with { Urls = url.ToString() });
            Assert.Equal(url, second.BaseUrl);
            using var again = await OpenAsync(second, "/api/events/stream", last);
            Assert.Equal(Range(last + 1, last + 20), Ids(await again.TakeAsync(20)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_port_in_use_is_an_io_error_and_bad_options_are_argument_errors()
    {
        await using var target = await StartAsync();
        await Assert.ThrowsAsync<IOException>(() => StartAsync(Fast with { Urls = target.BaseUrl.ToString() }));
        await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(Fast with { Urls = "http://0.0.0.0:0" }));
        await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(Fast with { RingSize = 0 }));
        await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(Fast with { Interval = TimeSpan.Zero }));
        await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(Fast with { Faults = new() { SkipPercent = -1 } }));
    }

    [Fact]
    public async Task With_a_token_only_health_answers_without_it()
    {
        await using var target = await StartAsync(Fast with { Token = "secret" });
        Assert.Equal("ok\n", await Http.GetStringAsync(new Uri(target.BaseUrl, "/health")));
        foreach (var path in new[] { "/", "/api/stats", "/api/events/stream", "/api/stats?token=wrong" })
        {
            using var refused = await Http.GetAsync(new Uri(target.BaseUrl, path), HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        using var byQuery = await Http.GetAsync(new Uri(target.BaseUrl, "/api/stats?token=secret"));
        Assert.Equal(HttpStatusCode.OK, byQuery.StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(target.BaseUrl, "/api/stats"));
        request.Headers.Authorization = new("Bearer", "secret");
        using var byHeader = await Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, byHeader.StatusCode);
    }
}
