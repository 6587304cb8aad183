using System.Net.ServerSentEvents;

namespace ActorLoad.Program.Tests.Nginx;

/// <summary>The site itself, seen by a client that is not ours.</summary>
public sealed class NchanSiteTests(NchanSite site) : IClassFixture<NchanSite>
{
    [Fact]
    public async Task A_stream_through_the_edge_is_cut_and_resumes_where_it_was()
    {
        var channel = NchanSite.NewChannel();
        await site.PublishAsync(channel, "one");
        await site.PublishAsync(channel, "two\nlines", "named");

        using var client = new HttpClient();
        using var first = await OpenAsync(client, channel, lastEventId: null);
        var (before, lastId) = await ReadAsync(first, count: 2);
        using var second = await OpenAsync(client, channel, lastId);
        site.CutStreams();
        await Assert.ThrowsAnyAsync<IOException>(() => ReadAsync(second, count: 1));
        await site.PublishAsync(channel, "three");
        using var third = await OpenAsync(client, channel, lastId);
        var (after, _) = await ReadAsync(third, count: 1);

        Assert.Equal(["message: one", "named: two\nlines", "message: three"], [.. before, .. after]);
    }

    private async Task<HttpResponseMessage> OpenAsync(HttpClient client, string channel, string? lastEventId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, site.EdgeStreamUrl(channel));
        request.Headers.Add("Accept", "text/event-stream");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task<(List<string> Events, string LastId)> ReadAsync(HttpResponseMessage response, int count)
    {
        var parser = SseParser.Create(await response.Content.ReadAsStreamAsync());
        var events = new List<string>();
        await foreach (var item in parser.EnumerateAsync())
        {
            events.Add($"{item.EventType}: {item.Data}");
            if (events.Count == count)
            {
                return (events, parser.LastEventId);
            }
        }

        throw new IOException($"The stream ended after {events.Count} events.");
    }
}
