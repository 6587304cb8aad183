using System.Net;
using System.Text.Json;

namespace ActorLoad.Host.Tests.Target;

public sealed class JobTests : TargetTest
{
    private static readonly string[] Whole = ["10", "20", "30", "40", "50", "60", "70", "80", "90", "100", "done 100"];

    [Fact]
    public async Task A_job_tells_its_progress_to_done_and_then_the_stream_ends_for_good()
    {
        await using var target = await StartAsync();
        using var created = await PostAsync(target, "/api/jobs");
        Assert.Equal(HttpStatusCode.Accepted, created.StatusCode);
        var id = JsonDocument.Parse(await created.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString();
        var events = created.Headers.Location!.ToString();
        Assert.Equal($"/api/jobs/{id}/events", events);

        using (var client = await OpenAsync(target, events))
        {
            var all = await client.TakeAllAsync();
            Assert.Equal(Range(1, 11), Ids(all));
            Assert.Equal(Whole, all.Select(Progress));
        }

        foreach (var last in new long?[] { null, 11 })
        {
            using var again = await OpenAsync(target, events, last);
            Assert.Equal(HttpStatusCode.NoContent, again.Status);
        }

        Assert.Equal((1, 1), (target.Stats.Jobs.Created, target.Stats.Jobs.Done));
        Assert.Equal((1, 11), (target.Stats.Streams.Closed["done"], target.Stats.Events.Channels["jobs"].Sent));
    }

    [Fact]
    public async Task Who_comes_late_gets_the_whole_story()
    {
        await using var target = await StartAsync();
        using var created = await PostAsync(target, "/api/jobs?interval_ms=1");
        await UntilAsync(target, s => s.Jobs.Done == 1);
        using var client = await OpenAsync(target, created.Headers.Location!.ToString());
        Assert.Equal(Whole, (await client.TakeAllAsync()).Select(Progress));
    }

    [Fact]
    public async Task Following_creates_a_job_and_streams_it_at_once()
    {
        await using var target = await StartAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => OpenAsync(target, $"/api/jobs/follow?user_id={i}")));
        foreach (var client in clients)
        {
            Assert.Equal(Whole, (await client.TakeAllAsync()).Select(Progress));
        }

        using var after = await OpenAsync(target, "/api/jobs/follow?user_id=3", lastEventId: 11);
        Assert.Equal(HttpStatusCode.NoContent, after.Status);
        Assert.Equal(20, target.Stats.Jobs.Created);
    }

    [Fact]
    public async Task A_follower_that_was_cut_goes_on_with_the_same_job()
    {
        await using var target = await StartAsync();
        using var first = await OpenAsync(target, "/api/jobs/follow?user_id=9&cut_after=4");
        Assert.Equal(Whole[..4], (await first.TakeAllAsync()).Select(Progress));
        using var second = await OpenAsync(target, "/api/jobs/follow?user_id=9", lastEventId: 4);
        Assert.Equal(Whole[4..], (await second.TakeAllAsync()).Select(Progress));
        Assert.Equal(1, target.Stats.Jobs.Created);
    }

    [Fact]
    public async Task The_end_comes_even_when_other_events_are_skipped()
    {
        await using var target = await StartAsync();
        using var client = await OpenAsync(target, "/api/jobs/follow?skip=100");
        Assert.Equal(["done 100"], (await client.TakeAllAsync()).Select(Progress));
    }

    [Fact]
    public async Task A_paused_target_does_not_work_on_jobs()
    {
        await using var target = await StartAsync();
        await PostAsync(target, "/api/control/pause");
        using var client = await OpenAsync(target, "/api/jobs/follow?heartbeat_ms=1");
        using var other = await OpenAsync(target, "/api/events/stream?from=start");
        Assert.Equal(0, target.Stats.Events.Published);
        await PostAsync(target, "/api/control/resume");
        Assert.Equal(11, (await client.TakeAllAsync()).Count);
    }

    private static string Progress(ReceivedEvent one)
    {
        var percent = JsonDocument.Parse(one.Data).RootElement.GetProperty("percent").GetInt32();
        return one.Type == "progress" ? $"{percent}" : $"{one.Type} {percent}";
    }
}
