using System.Net;
using System.Text.Json;

namespace ActorLoad.Host.Tests.Target;

public sealed class EventEndpointTests : TargetTest
{
    [Fact]
    public async Task A_stream_has_the_right_head_and_starts_with_the_retry_time()
    {
        await using var target = await StartAsync(Fast with { RetryMs = 1234 });
        using var client = await OpenAsync(target, "/api/events/stream");
        Assert.Equal(HttpStatusCode.OK, client.Status);
        Assert.Equal("text/event-stream", client.Response.Content.Headers.ContentType?.ToString());
        Assert.True(client.Response.Headers.CacheControl?.NoStore);
        Assert.True(client.Response.Headers.TransferEncodingChunked);
        Assert.Equal("1234", (await client.NextBlockAsync())?.Retry);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public async Task Without_a_retry_time_none_is_sent(int? retryMs)
    {
        await using var target = await StartAsync(Fast with { RetryMs = retryMs });
        using var client = await OpenAsync(target, "/api/events/stream");
        Assert.NotEqual("", (await client.NextBlockAsync())?.Type);
    }

    [Theory]
    [InlineData("stream", "main", "message,update,notification")]
    [InlineData("main", "main", "message,update,notification")]
    [InlineData("notifications", "notifications", "notification")]
    [InlineData("updates", "updates", "update")]
    [InlineData("alerts", "alerts", "alert")]
    [InlineData("prices", "prices", "price")]
    [InlineData("metrics", "metrics", "metric")]
    [InlineData("dashboard", "dashboard", "dashboard")]
    [InlineData("logs", "logs", "log")]
    [InlineData("system", "system", "system")]
    [InlineData("any_other-1", "any_other-1", "message")]
    public async Task Every_channel_counts_from_one_and_names_its_events(string path, string channel, string types)
    {
        await using var target = await StartAsync();
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        using var client = await OpenAsync(target, "/api/events/" + path);
        var events = await client.TakeAsync(6);
        var names = types.Split(',');
        for (var i = 0; i < events.Count; i++)
        {
            var (id, type, data) = (events[i].Id, events[i].Type, JsonDocument.Parse(events[i].Data).RootElement);
            Assert.Equal(i + 1, id);
            Assert.Equal(names[i % names.Length], type);
            Assert.Equal(id, data.GetProperty("id").GetInt64());
            Assert.Equal(channel, data.GetProperty("channel").GetString());
            Assert.Equal(type, data.GetProperty("type").GetString());
            Assert.InRange(data.GetProperty("ts").GetInt64(), before, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        }
    }

    [Fact]
    public async Task The_filter_lets_through_the_named_events_of_the_named_channel_only()
    {
        await using var target = await StartAsync();
        using var client = await OpenAsync(target, "/api/events/filtered?user_id=7&types=update,notification");
        Assert.Equal(["update:2", "notification:3", "update:5", "notification:6"], (await client.TakeAsync(4)).Select(e => $"{e.Type}:{e.Id}"));

        using var prices = await OpenAsync(target, "/api/events/filtered?channel=prices&max_events=3");
        Assert.All(await prices.TakeAllAsync(), e => Assert.Equal("price", e.Type));

        using var none = await OpenAsync(target, "/api/events/filtered?channel=logs&types=price&heartbeat_ms=1");
        Assert.Equal("1000", (await none.NextBlockAsync())?.Retry);
        Assert.Equal("heartbeat", (await none.NextBlockAsync())?.Comment);
    }

    [Fact]
    public async Task The_heartbeat_endpoint_sends_comments_and_heartbeat_events_only()
    {
        await using var target = await StartAsync(Fast with { HeartbeatInterval = TimeSpan.FromMilliseconds(20) });
        using var client = await OpenAsync(target, "/api/events/heartbeat");
        Assert.Equal("1000", (await client.NextBlockAsync())?.Retry);
        var (comments, events) = (0, 0);
        while (comments < 3 || events < 3)
        {
            var block = await client.NextBlockAsync();
            Assert.Contains(block, new[] { block! with { Type = "heartbeat" }, block with { Comment = "heartbeat" } });
            comments += block.Comment.Length > 0 ? 1 : 0;
            events += block.Type.Length > 0 ? 1 : 0;
        }
    }

    [Fact]
    public async Task Comments_come_on_silent_streams_and_on_busy_ones_and_are_counted()
    {
        await using var target = await StartAsync();
        using var busy = await OpenAsync(target, "/api/events/stream?heartbeat_ms=5");
        using var silent = await OpenAsync(target, "/api/events/stream?heartbeat_ms=5&interval_ms=3600000");
        foreach (var client in new[] { busy, silent })
        {
            var block = await client.NextBlockAsync();
            while (block!.Comment != "heartbeat")
            {
                block = await client.NextBlockAsync();
            }
        }

        await UntilAsync(target, s => s.Comments >= 2);
    }

    [Fact]
    public async Task An_interval_of_its_own_makes_a_channel_of_its_own()
    {
        await using var target = await StartAsync();
        using var usual = await OpenAsync(target, "/api/events/stream");
        await usual.TakeAsync(10);
        using var own = await OpenAsync(target, "/api/events/stream?interval_ms=3");
        Assert.Equal(Range(1, 3), Ids(await own.TakeAsync(3)));
        Assert.Contains("main@3", target.Stats.Events.Channels.Keys);
    }

    [Fact]
    public async Task Max_events_ends_the_stream_cleanly()
    {
        await using var target = await StartAsync();
        using var client = await OpenAsync(target, "/api/events/stream?max_events=4");
        Assert.Equal(Range(1, 4), Ids(await client.TakeAllAsync()));
        await UntilAsync(target, s => s.Streams.Closed["max-events"] == 1 && s.Streams.Open == 0);
        Assert.Equal(4, target.Stats.Events.Sent);

        using var nothing = await OpenAsync(target, "/api/events/stream?max_events=0");
        Assert.Empty(await nothing.TakeAllAsync());
    }

    [Fact]
    public async Task Spread_streams_count_alike_each_in_its_own_phase()
    {
        await using var target = await StartAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => OpenAsync(target, $"/api/events/stream?interval_ms=60&spread=1&from=start&user_id={i}")));
        var times = new List<long[]>();
        foreach (var client in clients)
        {
            var events = await client.TakeAsync(10);
            Assert.Equal(Range(1, 10), Ids(events));
            times.Add([.. events.Select(e => JsonDocument.Parse(e.Data).RootElement.GetProperty("ts").GetInt64())]);
            client.Dispose();
        }

        // A target that was held up makes up for all slots at once, now and then; not always.
        Assert.True(Enumerable.Range(0, 10).Any(n => times.Select(t => t[n]).Distinct().Count() > 1), "all slots published in the same instant");
    }

    [Theory]
    [InlineData("/api/events/Upper", 404)]
    [InlineData("/api/events/", 404)]
    [InlineData("/api/events/a/b", 404)]
    [InlineData("/api/events/12345678901234567890123456789012345678901", 404)]
    [InlineData("/api/events/filtered?channel=a.b", 404)]
    [InlineData("/nowhere", 404)]
    [InlineData("/api/events/stream?interval_ms=0", 400)]
    [InlineData("/api/events/stream?interval_ms=soon", 400)]
    [InlineData("/api/events/stream?max_events=-1", 400)]
    [InlineData("/api/events/stream?skip=101", 400)]
    [InlineData("/api/events/stream?skip=NaN", 400)]
    [InlineData("/api/events/stream?skip=60&swap=60", 400)]
    [InlineData("/api/events/stream?status=99", 400)]
    [InlineData("/api/events/stream?from=end", 400)]
    [InlineData("/api/events/stream?spread=maybe", 400)]
    [InlineData("/api/events/stream?headers_delay_ms=1&heartbeat_ms=x", 400)]
    [InlineData("/api/chat/UP/events", 404)]
    [InlineData("/api/jobs/nope/events", 404)]
    [InlineData("/api/jobs/follow?interval_ms=0", 400)]
    [InlineData("/api/stats/reset", 405)]
    [InlineData("/api/chat/room", 405)]
    public async Task Mistakes_get_a_status_and_a_reason(string path, int status)
    {
        await using var target = await StartAsync();
        using var response = await Http.GetAsync(new Uri(target.BaseUrl, path));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.NotEqual("", JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetString());
        Assert.Equal(0, target.Stats.Streams.Opened);
        Assert.Equal(1, target.Stats.Requests[status]);
    }

    [Fact]
    public async Task The_root_lists_the_endpoints_and_health_says_ok()
    {
        await using var target = await StartAsync();
        Assert.Contains("/api/events/stream", await Http.GetStringAsync(target.BaseUrl));
        Assert.Equal("ok\n", await Http.GetStringAsync(new Uri(target.BaseUrl, "/health")));
    }

    [Fact]
    public async Task The_number_of_channels_is_bounded()
    {
        await using var target = await StartAsync();
        for (var i = 0; i < Host.Target.Channels.ChannelDirectory.MostChannels; i++)
        {
            using var client = await OpenAsync(target, $"/api/events/c{i}?interval_ms=3600000&max_events=0");
            Assert.Equal(HttpStatusCode.OK, client.Status);
        }

        using var refused = await OpenAsync(target, "/api/events/onemore");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
    }
}
