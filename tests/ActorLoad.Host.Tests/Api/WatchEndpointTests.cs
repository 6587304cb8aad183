using System.Net.ServerSentEvents;
using System.Text.Json;
using ActorLoad.Host.Admin.Runs;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Protocol;

namespace ActorLoad.Host.Tests.Api;

/// <summary>A run as an event stream: what it says, when it goes on, when it ends.</summary>
public class WatchEndpointTests
{
    private static readonly RunProtocol.WatchAnswer Unknown = new(SampleRuns.Run, null);

    private static RunProtocol.WatchAnswer At(int second) =>
        new(SampleRuns.Run, SampleRuns.Running with { Elapsed = TimeSpan.FromSeconds(second), Note = null });

    private static async Task<IAsyncEnumerator<RunStatusJson>> WatchAsync(ApiHost api)
    {
        var response = await api.Http.GetAsync($"/api/runs/{SampleRuns.Run}/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return ReadAsync(await response.Content.ReadAsStreamAsync()).GetAsyncEnumerator();
    }

    private static async IAsyncEnumerable<RunStatusJson> ReadAsync(Stream body)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await foreach (var item in SseParser.Create(body).EnumerateAsync(limit.Token))
        {
            Assert.Equal("status", item.EventType);
            yield return JsonSerializer.Deserialize<RunStatusJson>(item.Data, ReportJson.Line)!;
        }
    }

    private static async Task<RunStatusJson> NextAsync(IAsyncEnumerator<RunStatusJson> events)
    {
        Assert.True(await events.MoveNextAsync(), "the stream has ended");
        return events.Current;
    }

    /// <summary>The stream's own actor asks again at once: from then on it hears what the coordinator says.</summary>
    private static async Task<IAsyncEnumerator<RunStatusJson>> WatchedAsync(ApiHost api)
    {
        var asked = 0;
        api.Coordinator.Answer = m => m is RunProtocol.WatchRun && ++asked == 1 ? At(12) : null;
        var events = await WatchAsync(api);
        Assert.Equal(12, (await NextAsync(events)).ElapsedSeconds);
        await api.Coordinator.HeardAsync<RunProtocol.WatchRun>(2);
        return events;
    }

    [Fact]
    public async Task The_stream_follows_the_run_and_ends_with_it()
    {
        await using var api = await ApiHost.StartAsync();
        await using var events = await WatchedAsync(api);
        for (var second = 13; second < 16; second++)
        {
            api.Coordinator.Say(At(second));
            Assert.Equal(second, (await NextAsync(events)).ElapsedSeconds);
        }

        api.Coordinator.Say(new RunProtocol.WatchAnswer(SampleRuns.Next, SampleRuns.Queued));
        api.Coordinator.Say(new RunProtocol.WatchAnswer(SampleRuns.Run, SampleRuns.Ended));
        var end = await NextAsync(events);
        Assert.Equal((SampleRuns.Run.Value, RunPhase.Ended, "thresholds-crossed", 99), (end.Run, end.Phase, end.Status, end.ExitCode));
        Assert.False(await events.MoveNextAsync());
    }

    [Fact]
    public async Task The_stream_of_a_run_that_is_over_has_one_event()
    {
        await using var api = await ApiHost.StartAsync();
        api.Coordinator.Answer = _ => new RunProtocol.WatchAnswer(SampleRuns.Run, SampleRuns.Ended);
        await using var events = await WatchAsync(api);
        Assert.Equal(RunPhase.Ended, (await NextAsync(events)).Phase);
        Assert.False(await events.MoveNextAsync());
    }

    [Fact]
    public async Task Watching_is_said_again_and_again()
    {
        await using var api = await ApiHost.StartAsync(ApiHost.Patient with { WatchAgain = TimeSpan.FromMilliseconds(20) });
        await using var events = await WatchedAsync(api);
        await api.Coordinator.HeardAsync<RunProtocol.WatchRun>(5);
    }

    [Fact]
    public async Task Silence_is_told_and_the_stream_goes_on()
    {
        await using var api = await ApiHost.StartAsync(ApiHost.Patient with { Silence = TimeSpan.FromMilliseconds(50) });
        await using var events = await WatchedAsync(api);
        var silent = await NextAsync(events);
        Assert.StartsWith("no word from the coordinator for", silent.Note, StringComparison.Ordinal);
        Assert.Equal(12, silent.ElapsedSeconds);
        api.Coordinator.Say(At(13));
        var next = silent;
        while (next.ElapsedSeconds < 13)
        {
            next = await NextAsync(events);
        }

        Assert.Null(next.Note);
    }

    [Fact]
    public async Task A_coordinator_that_does_not_know_the_run_yet_may_still_learn_of_it()
    {
        await using var api = await ApiHost.StartAsync();
        await using var events = await WatchedAsync(api);
        api.Coordinator.Say(Unknown);
        api.Coordinator.Say(Unknown);
        api.Coordinator.Say(At(20));
        Assert.Contains("does not know this run", (await NextAsync(events)).Note, StringComparison.Ordinal);
        Assert.Equal(20, (await NextAsync(events)).ElapsedSeconds);
    }

    [Fact]
    public async Task A_run_that_stays_unknown_ends_the_stream()
    {
        await using var api = await ApiHost.StartAsync(ApiHost.Patient with { Unknown = TimeSpan.FromMilliseconds(20) });
        await using var events = await WatchedAsync(api);
        api.Coordinator.Say(Unknown);
        Assert.Contains("does not know this run", (await NextAsync(events)).Note, StringComparison.Ordinal);
        Assert.False(await events.MoveNextAsync());
    }

    [Fact]
    public async Task A_node_that_ends_ends_its_streams()
    {
        await using var api = await ApiHost.StartAsync();
        await using var events = await WatchedAsync(api);
        api.AnnounceEnd();
        Assert.False(await events.MoveNextAsync());
    }
}
