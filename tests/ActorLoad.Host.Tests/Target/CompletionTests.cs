using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ActorLoad.Host.Target;

namespace ActorLoad.Host.Tests.Target;

/// <summary>Chat completions, logins, and the paths that need one.</summary>
public sealed class CompletionTests : TargetTest
{
    private const string Question = """{"model":"m","messages":[{"role":"user","content":"two words"}],"max_tokens":5""";

    private static TargetOptions Quick => Fast with { FirstTokenDelay = TimeSpan.FromMilliseconds(1), TokenGap = TimeSpan.FromMilliseconds(1) };

    [Fact]
    public async Task A_stream_has_one_token_an_event_and_ends_with_the_marker()
    {
        await using var target = await StartAsync(Quick);
        using var response = await AskAsync(target, Question + ",\"stream\":true}");
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        var text = await response.Content.ReadAsStringAsync();
        var events = text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(6, events.Length);
        Assert.Equal("data: [DONE]", events[^1]);
        var chunks = events[..^1].Select(e => JsonDocument.Parse(e["data: ".Length..]).RootElement).ToList();
        Assert.All(chunks, c => Assert.Equal(("chat.completion.chunk", "m"), (c.GetProperty("object").GetString(), c.GetProperty("model").GetString())));
        Assert.Single(chunks.Select(c => c.GetProperty("id").GetString()).Distinct());
        var choices = chunks.Select(c => c.GetProperty("choices")[0]).ToList();
        Assert.All(choices, c => Assert.NotEqual("", c.GetProperty("delta").GetProperty("content").GetString()));
        Assert.Equal([null, null, null, null, "length"], choices.Select(c => c.GetProperty("finish_reason").GetString()));
        Assert.Equal("assistant", choices[0].GetProperty("delta").GetProperty("role").GetString());

        await UntilAsync(target, s => s.Streams.Open == 0);
        var stats = target.Stats;
        Assert.Equal((1, 1, 6), (stats.Streams.Opened, stats.Streams.Closed["done"], stats.Events.Sent));
        Assert.Equal((0, 1, 5, 1), (stats.Completions.Whole, stats.Completions.Streamed, stats.Completions.Tokens, stats.Completions.Done));
        Assert.Equal(Encoding.UTF8.GetByteCount(text), stats.Bytes);
    }

    [Fact]
    public async Task Without_stream_the_answer_is_one_document_that_says_the_same()
    {
        await using var target = await StartAsync(Quick);
        using var response = await AskAsync(target, Question + "}");
        var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("chat.completion", json.GetProperty("object").GetString());
        Assert.Equal("The stream says one word", json.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal((2, 5, 7), (
            json.GetProperty("usage").GetProperty("prompt_tokens").GetInt32(),
            json.GetProperty("usage").GetProperty("completion_tokens").GetInt32(),
            json.GetProperty("usage").GetProperty("total_tokens").GetInt32()));
        Assert.Equal((1, 0, 5), (target.Stats.Completions.Whole, target.Stats.Completions.Streamed, target.Stats.Completions.Tokens));
    }

    [Fact]
    public async Task The_pace_is_at_least_what_the_query_says()
    {
        await using var target = await StartAsync(Quick);
        var start = Stopwatch.GetTimestamp();
        using var response = await AskAsync(target, Question + ",\"stream\":true}", "?first_token_ms=100&token_gap_ms=20");
        await response.Content.ReadAsStringAsync();
        Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(180), $"{Stopwatch.GetElapsedTime(start)}");
    }

    [Fact]
    public async Task Who_does_not_say_how_many_tokens_gets_as_many_as_the_target_likes()
    {
        await using var target = await StartAsync(Quick with { CompletionTokens = 3 });
        using var response = await AskAsync(target, """{"messages":[{"role":"user","content":"?"}],"stream":true}""");
        var events = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, events.Length);
        Assert.Contains("\"finish_reason\":\"stop\"", events[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"messages":""", "no valid JSON")]
    [InlineData("[]", "has to be a JSON object")]
    [InlineData("{}", "'messages'")]
    [InlineData("""{"messages":[]}""", "'messages'")]
    [InlineData("""{"messages":[{}],"stream":"yes"}""", "'stream'")]
    [InlineData("""{"messages":[{}],"max_tokens":0}""", "'max_tokens'")]
    [InlineData("""{"messages":[{}],"max_tokens":1e9}""", "'max_tokens'")]
    [InlineData("""{"messages":[{}],"model":"\ud83d"}""", "no valid JSON")]
    public async Task A_bad_request_gets_the_usual_error(string body, string message)
    {
        await using var target = await StartAsync(Quick);
        using var response = await AskAsync(target, body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error");
        Assert.Contains(message, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.Equal(1, target.Stats.Requests[400]);
    }

    [Theory]
    [InlineData("cut_after=2", "cut", 2)]
    [InlineData("cut_after=5", "cut", 5)]
    [InlineData("cut_after=6", "cut", 6)]
    [InlineData("cut_after=7", "done", 6)]
    public async Task A_cut_leaves_out_the_rest_and_the_marker(string query, string end, int events)
    {
        await using var target = await StartAsync(Quick);
        using var response = await AskAsync(target, Question + ",\"stream\":true}", "?" + query);
        Assert.Equal(events, (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Length);
        await UntilAsync(target, s => s.Streams.Open == 0);
        Assert.Equal(1, target.Stats.Streams.Closed[end]);
    }

    [Fact]
    public async Task Other_faults_work_as_on_any_stream()
    {
        await using var target = await StartAsync(Quick);
        using (var refused = await AskAsync(target, Question + ",\"stream\":true}", "?refuse=100&refuse_status=429"))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        }

        await Assert.ThrowsAnyAsync<Exception>(async () => await AskAsync(target, Question + ",\"stream\":true}", "?reset_after=1", wait: true));
        await UntilAsync(target, s => s.Streams.Closed["reset"] == 1);

        using var stalled = await AskAsync(target, Question + ",\"stream\":true}", "?stall_after=1");
        await UntilAsync(target, s => s.Faults["stall"] == 1);
        Assert.Equal(1, target.Stats.Streams.Open);
        await target.StopAsync();
        Assert.Equal(1, target.Stats.Streams.Closed["stopped"]);
    }

    [Fact]
    public async Task A_client_that_leaves_in_the_middle_is_counted_as_such()
    {
        await using var target = await StartAsync(Quick);
        using (await AskAsync(target, Question + ",\"stream\":true}", "?first_token_ms=600000"))
        {
            await UntilAsync(target, s => s.Streams.Open == 1);
        }

        await UntilAsync(target, s => s.Streams.Open == 0 && s.Streams.Closed["client"] == 1);
    }

    [Fact]
    public async Task A_login_gives_a_token_that_opens_what_is_private()
    {
        await using var target = await StartAsync(Quick);
        using var login = await PostAsync(target, "/api/login", new { user = "zoë", password = "pw-zoë" });
        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        var token = JsonDocument.Parse(await login.Content.ReadAsStringAsync()).RootElement.GetProperty("access_token").GetString();

        foreach (var (given, status) in new[] { (token, HttpStatusCode.OK), (token + "0", HttpStatusCode.Unauthorized), ("x.y", HttpStatusCode.Unauthorized), (null, HttpStatusCode.Unauthorized) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(target.BaseUrl, "/api/private/events/stream?max_events=1"));
            request.Headers.Authorization = given is null ? null : new AuthenticationHeaderValue("Bearer", given);
            using var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(status, response.StatusCode);
        }

        foreach (var (body, status) in new (object, HttpStatusCode)[]
        {
            (new { user = "zoë", password = "wrong" }, HttpStatusCode.Unauthorized),
            (new { user = "", password = "pw-" }, HttpStatusCode.BadRequest),
            (new { user = 1 }, HttpStatusCode.BadRequest),
            ("text", HttpStatusCode.BadRequest),
        })
        {
            using var refused = await PostAsync(target, "/api/login", body);
            Assert.Equal(status, refused.StatusCode);
        }

        using var other = await PostAsync(target, "/api/login", new { user = "max", password = "pw-max" });
        using var again = await PostAsync(target, "/api/login", new { user = "max", password = "pw-max" });
        Assert.Equal((3, 1, 2), (target.Stats.Logins.Granted, target.Stats.Logins.Refused, target.Stats.Logins.Users));
        await PostAsync(target, "/api/stats/reset");
        Assert.Equal((0, 0, 0), (target.Stats.Logins.Granted, target.Stats.Logins.Refused, target.Stats.Logins.Users));
    }

    [Theory]
    [InlineData("/v1/chat/completions?auth=1", "", HttpStatusCode.Unauthorized)]
    [InlineData("/v1/chat/completions?auth=1", "Bearer nonsense", HttpStatusCode.Unauthorized)]
    [InlineData("/v1/chat/completions", "Bearer sk-anything", HttpStatusCode.OK)]
    [InlineData("/v1/chat/completions?token_gap_ms=soon", "", HttpStatusCode.BadRequest)]
    public async Task A_completion_demands_a_login_only_when_asked_to(string path, string authorization, HttpStatusCode status)
    {
        await using var target = await StartAsync(Quick);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(target.BaseUrl, path)) { Content = new StringContent(Question + "}") };
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await Http.SendAsync(request);
        Assert.Equal(status, response.StatusCode);
    }

    private static async Task<HttpResponseMessage> AskAsync(EmbeddedTarget target, string body, string query = "", bool wait = false)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(target.BaseUrl, "/v1/chat/completions" + query)) { Content = new StringContent(body) };
        return await Http.SendAsync(request, wait ? HttpCompletionOption.ResponseContentRead : HttpCompletionOption.ResponseHeadersRead);
    }
}
