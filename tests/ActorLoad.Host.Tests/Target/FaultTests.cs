using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ActorLoad.Host.Target.Faults;

namespace ActorLoad.Host.Tests.Target;

public sealed class FaultTests : TargetTest
{
    [Fact]
    public async Task Cut_ends_the_response_cleanly_after_exactly_so_many_events()
    {
        await using var target = await StartAsync(With(new TargetFaults { CutAfter = 5 }));
        using var client = await OpenAsync(target, "/api/events/stream");
        Assert.Equal(Range(1, 5), Ids(await client.TakeAllAsync()));
        using var shorter = await OpenAsync(target, "/api/events/stream?cut_after=2");
        Assert.Equal(2, (await shorter.TakeAllAsync()).Count);
        await UntilAsync(target, s => s.Streams.Closed["cut"] == 2);
        Assert.Equal((2, 7), (target.Stats.Faults["cut"], target.Stats.Events.Sent));
    }

    [Theory]
    [InlineData("/api/events/stream?reset_after=3", 3)]
    [InlineData("/api/events/stream?reset_after=0", 0)]
    [InlineData("/api/events/stream?reset_after=40&from=start", 40)]
    public async Task Reset_is_a_tcp_reset_after_exactly_so_many_events(string path, int events)
    {
        await using var target = await StartAsync();
        using (var first = await OpenAsync(target, "/api/events/stream"))
        {
            await first.TakeAsync(60);
        }

        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(target.BaseUrl.Host, target.BaseUrl.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: t\r\n\r\n"));
        var (text, buffer) = (new StringBuilder(), new byte[65536]);
        var error = await Assert.ThrowsAsync<SocketException>(async () =>
        {
            for (var read = await socket.ReceiveAsync(buffer); read > 0; read = await socket.ReceiveAsync(buffer))
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        });
        Assert.Equal(SocketError.ConnectionReset, error.SocketErrorCode);
        Assert.Equal(events, text.ToString().Split("\nid: ").Length - 1);
        await UntilAsync(target, s => s.Streams.Closed["reset"] == 1 && s.Faults["reset"] == 1);
    }

    [Fact]
    public async Task A_stalled_stream_stays_open_and_silent_without_heartbeats()
    {
        await using var target = await StartAsync();
        using var client = await OpenAsync(target, "/api/events/stream?stall_after=3&heartbeat_ms=1");
        Assert.Equal(3, (await client.TakeAsync(3)).Count);
        await UntilAsync(target, s => s.Faults["stall"] == 1);
        using var other = await OpenAsync(target, "/api/events/stream?heartbeat_ms=1");
        await other.TakeAsync(100);
        var next = client.NextBlockAsync();
        await other.TakeAsync(100);
        Assert.Equal(2, target.Stats.Streams.Open);
        Assert.False(next.IsCompleted);
        await target.StopAsync();
        Assert.Null(await next);
    }

    [Fact]
    public async Task Skipped_repeated_and_swapped_events_are_exactly_those_counted()
    {
        await using var target = await StartAsync(With(new TargetFaults { SkipPercent = 10, RepeatPercent = 10, SwapPercent = 10 }));
        var clients = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => OpenAsync(target, "/api/events/stream?from=start&interval_ms=1")));
        await UntilAsync(target, s => s.Events.Published > 300);
        await PostAsync(target, "/api/control/pause");
        await UntilAsync(target, s => s.Streams.Pending == 0);
        var stats = target.Stats;
        await target.StopAsync();
        int missing = 0, twice = 0, backwards = 0, total = 0;
        foreach (var client in clients)
        {
            var ids = Ids(await client.TakeAllAsync());
            total += ids.Length;
            twice += ids.Length - ids.Distinct().Count();
            backwards += ids.Zip(ids.Skip(1)).Count(p => p.Second < p.First);

            // The very last events may be held back for a swap, or skipped: only below the highest id a hole is sure to be a skip.
            missing += (int)stats.Events.Published - ids.Distinct().Count();
        }

        Assert.Equal(stats.Events.Sent, total);
        Assert.Equal(stats.Faults["repeat"], twice);
        Assert.Equal(stats.Faults["swap"], backwards);
        Assert.InRange(missing - stats.Faults["skip"], 0, clients.Length);
        Assert.All(new[] { "skip", "repeat", "swap" }, kind => Assert.InRange(stats.Faults[kind] / (double)stats.Events.Published / clients.Length, 0.06, 0.14));
    }

    [Fact]
    public async Task A_seed_in_the_query_repeats_the_same_faults()
    {
        await using var target = await StartAsync();
        const string path = "/api/events/stream?from=start&seed=42&skip=20&repeat=20&swap=20&max_events=100";
        using var first = await OpenAsync(target, path);
        var ids = Ids(await first.TakeAllAsync());
        using var second = await OpenAsync(target, path);
        Assert.Equal(ids, Ids(await second.TakeAllAsync()));
        using var third = await OpenAsync(target, path.Replace("42", "43", StringComparison.Ordinal));
        Assert.NotEqual(ids, Ids(await third.TakeAllAsync()));
    }

    [Fact]
    public async Task Refusals_come_with_the_wished_status_in_about_the_wished_share_and_are_counted()
    {
        await using var target = await StartAsync(With(new TargetFaults { RefusePercent = 30, RefuseStatus = 429 }));
        var refused = 0;
        for (var i = 0; i < 300; i++)
        {
            using var client = await OpenAsync(target, "/api/events/stream?max_events=0");
            Assert.Contains((int)client.Status, new[] { 200, 429 });
            refused += client.Status == HttpStatusCode.TooManyRequests ? 1 : 0;
        }

        Assert.InRange(refused, 60, 120);
        Assert.Equal((refused, refused), (target.Stats.Faults["refuse"], target.Stats.Requests[429]));
        Assert.Equal(300 - refused, target.Stats.Streams.Opened);
    }

    [Fact]
    public async Task The_same_seed_refuses_the_same_connections()
    {
        async Task<string> PlayAsync(int seed)
        {
            await using var target = await StartAsync(Fast with { Seed = seed, Faults = new TargetFaults { RefusePercent = 50 } });
            var result = new StringBuilder();
            for (var i = 0; i < 40; i++)
            {
                using var client = await OpenAsync(target, "/api/events/stream?max_events=0");
                result.Append(client.Status == HttpStatusCode.OK ? '.' : 'x');
            }

            return result.ToString();
        }

        Assert.Equal(await PlayAsync(1), await PlayAsync(1));
        Assert.NotEqual(await PlayAsync(1), await PlayAsync(2));
    }

    [Theory]
    [InlineData(204)]
    [InlineData(401)]
    [InlineData(500)]
    public async Task A_status_is_answered_in_place_of_the_stream(int status)
    {
        await using var target = await StartAsync();
        using var client = await OpenAsync(target, $"/api/events/stream?status={status}");
        Assert.Equal(status, (int)client.Status);
        Assert.Equal((1, 1, 0), (target.Stats.Faults["status"], target.Stats.Requests[status], target.Stats.Streams.Opened));
    }

    [Fact]
    public async Task Another_content_type_is_sent()
    {
        await using var target = await StartAsync();
        using var client = await OpenAsync(target, "/api/events/stream?content_type=text/plain");
        Assert.Equal("text/plain", client.Response.Content.Headers.ContentType?.ToString());
        Assert.Equal(1, target.Stats.Faults["content-type"]);
    }

    [Fact]
    public async Task Delayed_events_come_late_by_at_least_the_delay_in_order_and_all()
    {
        await using var target = await StartAsync();
        using var client = await OpenAsync(target, "/api/events/stream?delay_ms=150");
        for (var id = 1; id <= 20; id++)
        {
            var one = await client.NextAsync();
            Assert.Equal(id, one!.Id);

            // The time stamp and the delay come from two clocks that each round to a millisecond.
            var age = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - JsonDocument.Parse(one.Data).RootElement.GetProperty("ts").GetInt64();
            Assert.True(age >= 150 - 16, $"event {id} came after {age} ms");
        }

        await UntilAsync(target, s => s.Faults["delay"] >= 20);
    }

    [Fact]
    public async Task A_late_head_is_counted_and_a_client_that_does_not_wait_is_no_stream_for_long()
    {
        await using var target = await StartAsync();
        using var client = await OpenAsync(target, "/api/events/stream?headers_delay_ms=20&max_events=1");
        Assert.Single(await client.TakeAllAsync());
        Assert.Equal(1, target.Stats.Faults["headers-delay"]);
        await UntilAsync(target, s => s.Streams.Open == 0);
    }

    [Fact]
    public async Task When_several_limits_are_set_the_first_one_reached_counts()
    {
        await using var target = await StartAsync();
        using var client = await OpenAsync(target, "/api/events/stream?cut_after=9&max_events=4&stall_after=6");
        Assert.Equal(4, (await client.TakeAllAsync()).Count);
        await UntilAsync(target, s => s.Streams.Closed["max-events"] == 1);
        Assert.Equal(0, target.Stats.Faults["cut"]);
    }
}
