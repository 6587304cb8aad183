namespace ActorLoad.Host.Tests.Target;

public sealed class ReplayTests : TargetTest
{
    [Fact]
    public async Task A_new_subscriber_gets_live_events_only()
    {
        await using var target = await StartAsync();
        using var first = await OpenAsync(target, "/api/events/stream");
        await first.TakeAsync(20);
        using var second = await OpenAsync(target, "/api/events/stream");
        Assert.True((await second.NextAsync())!.Id > 20);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Events_after_the_last_event_id_are_replayed_in_order_and_then_live_ones_follow(bool byQuery)
    {
        await using var target = await StartAsync();
        using var first = await OpenAsync(target, "/api/events/stream");
        await first.TakeAsync(50);
        using var second = byQuery
            ? await OpenAsync(target, "/api/events/stream?last_event_id=7")
            : await OpenAsync(target, "/api/events/stream?last_event_id=1", lastEventId: 7);
        Assert.Equal(Range(8, 107), Ids(await second.TakeAsync(100)));
        Assert.Equal(1, target.Stats.Streams.Resumed);
    }

    [Fact]
    public async Task From_start_replays_all_that_the_ring_holds()
    {
        await using var target = await StartAsync();
        using var first = await OpenAsync(target, "/api/events/stream");
        await first.TakeAsync(30);
        using var second = await OpenAsync(target, "/api/events/stream?from=start");
        Assert.Equal(Range(1, 40), Ids(await second.TakeAsync(40)));
        Assert.Equal(0, target.Stats.Streams.Resumed);
    }

    [Fact]
    public async Task The_seam_between_replay_and_live_has_no_gap_and_no_duplicate_however_often_it_is_crossed()
    {
        await using var target = await StartAsync();
        async Task<List<long>> ReconnectAsync(int each)
        {
            var ids = new List<long>();
            while (ids.Count < 600)
            {
                using var client = await OpenAsync(target, $"/api/events/stream?interval_ms=1&max_events={each}", ids.Count == 0 ? null : ids[^1]);
                ids.AddRange(Ids(await client.TakeAllAsync()));
            }

            return ids;
        }

        foreach (var ids in await Task.WhenAll(new[] { 1, 2, 3, 7, 20, 50 }.Select(ReconnectAsync)))
        {
            Assert.Equal(Range(ids[0], ids[^1]), ids);
        }
    }

    [Fact]
    public async Task Spread_streams_resume_in_another_slot_without_gap_or_duplicate()
    {
        await using var target = await StartAsync();
        var ids = new List<long>();
        for (var user = 0; ids.Count < 60; user += 5)
        {
            using var client = await OpenAsync(target, $"/api/events/stream?interval_ms=20&spread=1&user_id={user}&max_events=3", ids.Count == 0 ? null : ids[^1]);
            ids.AddRange(Ids(await client.TakeAllAsync()));
        }

        Assert.Equal(Range(ids[0], ids[^1]), ids);
    }

    [Fact]
    public async Task Ids_go_on_while_nobody_is_connected()
    {
        await using var target = await StartAsync();
        using (var first = await OpenAsync(target, "/api/events/stream?max_events=3"))
        {
            await first.TakeAllAsync();
        }

        await UntilAsync(target, s => s.Streams.Open == 0);
        var published = target.Stats.Events.Published;
        await UntilAsync(target, s => s.Events.Published >= published + 20);
        using var second = await OpenAsync(target, "/api/events/stream", lastEventId: 3);
        Assert.Equal(Range(4, 30), Ids(await second.TakeAsync(27)));
    }

    [Fact]
    public async Task What_the_ring_has_lost_is_not_replayed_and_the_gap_is_counted()
    {
        await using var target = await StartAsync(Fast with { RingSize = 10 });
        using var first = await OpenAsync(target, "/api/events/stream");
        await first.TakeAsync(100);
        await PostAsync(target, "/api/control/pause");
        var newest = target.Stats.Events.Published;
        using var second = await OpenAsync(target, "/api/events/stream", lastEventId: 5);
        Assert.Equal(Range(newest - 9, newest), Ids(await second.TakeAsync(10)));
        Assert.Equal(1, target.Stats.Streams.ResumesGap);
    }

    [Theory]
    [InlineData("99999999")]
    [InlineData("not-an-id")]
    [InlineData("-3")]
    [InlineData("99999999999999999999999999")]
    public async Task An_id_that_was_never_given_out_gets_live_events_and_is_counted(string id)
    {
        await using var target = await StartAsync();
        using var first = await OpenAsync(target, "/api/events/stream");
        await first.TakeAsync(5);
        using var second = await OpenAsync(target, $"/api/events/stream?last_event_id={id}");
        Assert.True((await second.NextAsync())!.Id > 5);
        Assert.Equal(1, target.Stats.Streams.ResumesUnknown);
    }
}
