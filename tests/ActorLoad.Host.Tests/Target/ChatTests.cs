using System.Net;
using System.Text;
using System.Text.Json;

namespace ActorLoad.Host.Tests.Target;

public sealed class ChatTests : TargetTest
{
    [Fact]
    public async Task Every_member_gets_every_message_and_hears_who_comes_and_goes()
    {
        await using var target = await StartAsync();
        using var ann = await OpenAsync(target, "/api/chat/lobby/events?user=ann");
        Assert.Equal("1 presence ann join", await NextAsync(ann));
        using (var bob = await OpenAsync(target, "/api/chat/lobby/events?user=bob"))
        {
            Assert.Equal("2 presence bob join", await NextAsync(bob));
            Assert.Equal("2 presence bob join", await NextAsync(ann));
            using var posted = await PostAsync(target, "/api/chat/lobby", new { user = "bob", text = "two\nlines \"and\" ünïcode" });
            Assert.Equal(HttpStatusCode.Accepted, posted.StatusCode);
            Assert.Equal(3, JsonDocument.Parse(await posted.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetInt64());
            Assert.Equal("3 message bob two\nlines \"and\" ünïcode", await NextAsync(ann));
            Assert.Equal("3 message bob two\nlines \"and\" ünïcode", await NextAsync(bob));
        }

        Assert.Equal("4 presence bob leave", await NextAsync(ann));
        Assert.Equal((1, 3), (target.Stats.Chat.Messages, target.Stats.Chat.Presences));
        Assert.Equal(6, target.Stats.Events.Channels["chat/lobby"].Sent);
    }

    [Fact]
    public async Task Rooms_are_apart_and_a_member_that_comes_back_gets_what_it_missed()
    {
        await using var target = await StartAsync();
        foreach (var text in new[] { "a", "b", "c" })
        {
            using var posted = await PostAsync(target, "/api/chat/one", new { user = "x", text });
        }

        using var elsewhere = await OpenAsync(target, "/api/chat/two/events?user=z");
        Assert.Equal("1 presence z join", await NextAsync(elsewhere));
        using var back = await OpenAsync(target, "/api/chat/one/events?user=y", lastEventId: 1);
        Assert.Equal("2 message x b", await NextAsync(back));
        Assert.Equal("3 message x c", await NextAsync(back));
        Assert.Equal("4 presence y join", await NextAsync(back));
    }

    [Fact]
    public async Task Messages_of_many_writers_reach_all_members_in_the_same_order()
    {
        await using var target = await StartAsync();
        var members = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => OpenAsync(target, $"/api/chat/busy/events?user=u{i}")));
        await Task.WhenAll(Enumerable.Range(0, 10).Select(async i =>
        {
            for (var n = 0; n < 10; n++)
            {
                using var posted = await PostAsync(target, "/api/chat/busy", new { user = $"u{i}", text = $"{n}" });
            }
        }));
        foreach (var member in members)
        {
            var ids = new List<long>();
            var messages = 0;
            while (messages < 100)
            {
                var one = await member.NextAsync();
                messages += one!.Type == "message" ? 1 : 0;
                ids.Add(one.Id);
            }

            Assert.Equal(Range(ids[0], ids[^1]), ids);
        }
    }

    [Fact]
    public async Task A_whole_room_that_leaves_at_once_is_counted_to_the_last_member()
    {
        await using var target = await StartAsync();
        var members = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => OpenAsync(target, $"/api/chat/crowd/events?user=u{i}")));
        Assert.Equal(200, target.Stats.Streams.Open);
        foreach (var member in members)
        {
            member.Dispose();
        }

        await UntilAsync(target, s => s.Streams.Open == 0 && s.Streams.Closed["client"] == 200 && s.Chat.Presences == 400);
    }

    [Theory]
    [InlineData("/api/chat/room", "not json", 400)]
    [InlineData("/api/chat/room", "[]", 400)]
    [InlineData("/api/chat/room", """{"user":"a"}""", 400)]
    [InlineData("/api/chat/room", """{"user":"","text":"x"}""", 400)]
    [InlineData("/api/chat/room", """{"user":5,"text":"x"}""", 400)]
    [InlineData("/api/chat/R%20oom", """{"user":"a","text":"x"}""", 404)]
    public async Task A_bad_message_is_refused(string path, string body, int status)
    {
        await using var target = await StartAsync();
        using var response = await Http.PostAsync(new Uri(target.BaseUrl, path), new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(0, target.Stats.Chat.Messages);
    }

    [Fact]
    public async Task A_message_beyond_the_limit_is_refused()
    {
        await using var target = await StartAsync();
        using var response = await PostAsync(target, "/api/chat/room", new { user = "a", text = new string('x', 70_000) });
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal(1, target.Stats.Requests[413]);
    }

    private static async Task<string> NextAsync(StreamClient client)
    {
        var one = await client.NextAsync();
        var data = JsonDocument.Parse(one!.Data).RootElement;
        var what = data.TryGetProperty("text", out var text) ? text : data.GetProperty("action");
        return $"{one.Id} {one.Type} {data.GetProperty("user").GetString()} {what.GetString()}";
    }
}
