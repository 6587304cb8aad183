using System.Net;
using System.Text.Json.Nodes;
using ActorLoad.Host.Admin.Runs;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Wire;

namespace ActorLoad.Host.Tests.Api;

/// <summary>Every endpoint, and every way in which it can refuse.</summary>
public class RunEndpointTests
{
    private static byte[] Body(RunProtocol.SubmitRun? submit = null) => SubmitBody.Write(submit ?? new RunProtocol.SubmitRun(SampleRuns.Order()));

    private static async Task<string> ProblemAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(expected == response.StatusCode, $"{response.StatusCode}: {text}");
        return (string)JsonNode.Parse(text)!["problem"]!;
    }

    [Fact]
    public async Task A_submitted_run_reaches_the_coordinator_as_it_was_sent()
    {
        await using var api = await ApiHost.StartAsync();
        api.Coordinator.Answer = SampleRuns.Answer;
        var body = Body();
        var response = await api.Http.SendAsync(ApiHost.Submission(body));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(0, api.Coordinator.Pieces);
        Assert.Equal(body, WireMessages.Encode(await api.Coordinator.HeardAsync<RunProtocol.SubmitRun>()));
    }

    [Fact]
    public async Task A_large_run_reaches_the_coordinator_in_pieces()
    {
        await using var api = await ApiHost.StartAsync();
        api.Coordinator.Answer = SampleRuns.Answer;
        var body = Body(new RunProtocol.SubmitRun(SampleRuns.LargeOrder(40_000)));
        Assert.InRange(body.Length, 3_000_000, ApiHost.LargestBody);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await api.Http.PostAsync($"/api/runs/{SampleRuns.Run}/stop", new ByteArrayContent(body[..5000]))).StatusCode);
        var response = await api.Http.SendAsync(ApiHost.Submission(body));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal((body.Length + Parcels.PieceBytes - 1) / Parcels.PieceBytes, api.Coordinator.Pieces);
        Assert.Equal(body, WireMessages.Encode(await api.Coordinator.HeardAsync<RunProtocol.SubmitRun>()));
    }

    [Fact]
    public async Task What_the_coordinator_refuses_is_a_conflict_with_its_reason()
    {
        await using var api = await ApiHost.StartAsync();
        api.Coordinator.Answer = m => m is RunProtocol.SubmitRun submit ? new RunProtocol.SubmitAnswer(submit.Run, 0, "the queue is full") : null;
        Assert.Equal("the queue is full", await ProblemAsync(await api.Http.SendAsync(ApiHost.Submission(Body())), HttpStatusCode.Conflict));
    }

    [Theory]
    [InlineData("2", "has protocol version 1, the request '2'")]
    [InlineData("", "has protocol version 1, the request names none")]
    public async Task A_run_of_another_protocol_version_is_refused(string version, string expected)
    {
        await using var api = await ApiHost.StartAsync();
        Assert.Contains(expected, await ProblemAsync(await api.Http.SendAsync(ApiHost.Submission(Body(), version)), HttpStatusCode.Conflict), StringComparison.Ordinal);
        Assert.Empty(api.Coordinator.Heard);
    }

    [Fact]
    public async Task A_body_that_is_no_run_is_refused_and_reaches_nobody()
    {
        await using var api = await ApiHost.StartAsync();
        var body = Body();
        foreach (var broken in (byte[][])[[], [1, 2, 3], body[..^1], [.. body, 0]])
        {
            var problem = await ProblemAsync(await api.Http.SendAsync(ApiHost.Submission(broken)), HttpStatusCode.BadRequest);
            Assert.StartsWith("the body cannot be read: ", problem, StringComparison.Ordinal);
        }

        var json = await api.Http.SendAsync(ApiHost.Submission(body, contentType: "application/json"));
        Assert.Equal("expected a body of content type application/x-actorload", await ProblemAsync(json, HttpStatusCode.UnsupportedMediaType));
        var large = await api.Http.SendAsync(ApiHost.Submission(new byte[ApiHost.LargestBody + 1]));
        Assert.StartsWith("the body is too large", await ProblemAsync(large, HttpStatusCode.RequestEntityTooLarge), StringComparison.Ordinal);
        Assert.Empty(api.Coordinator.Heard);
    }

    [Fact]
    public async Task Nobody_passes_without_the_token()
    {
        await using var api = await ApiHost.StartAsync(token: "s3cret");
        api.Coordinator.Answer = SampleRuns.Answer;
        var id = SampleRuns.Run.Value;
        foreach (var path in (string[])["/api/runs", $"/api/runs/{id}", $"/api/runs/{id}/events", $"/api/runs/{id}/summary", "/api/nodes"])
        {
            await ProblemAsync(await api.Http.GetAsync(path), HttpStatusCode.Unauthorized);
        }

        await ProblemAsync(await api.Http.PostAsync($"/api/runs/{id}/stop", null), HttpStatusCode.Unauthorized);
        await ProblemAsync(await api.Http.SendAsync(ApiHost.Submission(Body())), HttpStatusCode.Unauthorized);
        Assert.Empty(api.Coordinator.Heard);
        api.Http.DefaultRequestHeaders.Add("Authorization", "Bearer s3cret");
        Assert.Equal(HttpStatusCode.OK, (await api.Http.GetAsync("/api/runs")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await api.Http.SendAsync(ApiHost.Submission(Body()))).StatusCode);
    }

    [Theory]
    [InlineData("20260301-120000-nobody-0000")]
    [InlineData("no%20id")]
    public async Task A_run_that_is_not_known_is_not_found(string id)
    {
        await using var api = await ApiHost.StartAsync();
        api.Coordinator.Answer = SampleRuns.Answer;
        var expected = $"there is no run '{Uri.UnescapeDataString(id)}'";
        foreach (var path in (string[])["", "/events", "/summary"])
        {
            Assert.Equal(expected, await ProblemAsync(await api.Http.GetAsync($"/api/runs/{id}{path}"), HttpStatusCode.NotFound));
        }

        Assert.Equal(expected, await ProblemAsync(await api.Http.PostAsync($"/api/runs/{id}/stop", null), HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Without_a_coordinator_nothing_is_answered_but_that()
    {
        await using var api = await ApiHost.StartAsync(ApiHost.Patient with { Answer = TimeSpan.FromMilliseconds(50) });
        var id = SampleRuns.Run.Value;
        foreach (var path in (string[])["/api/runs", $"/api/runs/{id}", $"/api/runs/{id}/events", $"/api/runs/{id}/summary", "/api/nodes"])
        {
            Assert.Equal("there is no coordinator at the moment", await ProblemAsync(await api.Http.GetAsync(path), HttpStatusCode.ServiceUnavailable));
        }

        await ProblemAsync(await api.Http.PostAsync($"/api/runs/{id}/stop", null), HttpStatusCode.ServiceUnavailable);
        await ProblemAsync(await api.Http.SendAsync(ApiHost.Submission(Body())), HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task A_question_that_got_lost_is_asked_again()
    {
        await using var api = await ApiHost.StartAsync(ApiHost.Patient with { AskAgain = TimeSpan.FromMilliseconds(20) });
        var asked = 0;
        api.Coordinator.Answer = m => ++asked < 3 ? null : SampleRuns.Answer(m);
        Assert.Equal(HttpStatusCode.OK, (await api.Http.GetAsync("/api/nodes")).StatusCode);
        Assert.InRange(asked, 3, 100);
    }

    [Fact]
    public async Task A_large_run_that_got_lost_is_sent_again_too()
    {
        await using var api = await ApiHost.StartAsync(ApiHost.Patient with { AskAgain = TimeSpan.FromMilliseconds(200) });
        var asked = 0;
        api.Coordinator.Answer = m => ++asked < 3 ? null : SampleRuns.Answer(m);
        var response = await api.Http.SendAsync(ApiHost.Submission(Body(new RunProtocol.SubmitRun(SampleRuns.LargeOrder(5_000)))));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.InRange(asked, 3, 10);
    }

    [Fact]
    public async Task What_the_coordinator_says_of_a_run_that_it_does_not_keep_is_passed_on()
    {
        await using var api = await ApiHost.StartAsync();
        api.Coordinator.Answer = m => m is RunProtocol.SummaryQuery q ? new RunProtocol.SummaryAnswer(q.Run, null, "the summary is not kept any more") : SampleRuns.Answer(m);
        Assert.Equal("the summary is not kept any more", await ProblemAsync(await api.Http.GetAsync("/api/runs/long-ago/summary"), HttpStatusCode.NotFound));
    }

    [Theory]
    [InlineData(null, StopMode.Graceful)]
    [InlineData("{}", StopMode.Graceful)]
    [InlineData("""{"mode":"graceful"}""", StopMode.Graceful)]
    [InlineData("""{"mode":"now"}""", StopMode.Now)]
    public async Task A_run_is_stopped_as_asked(string? body, StopMode expected)
    {
        await using var api = await ApiHost.StartAsync();
        api.Coordinator.Answer = SampleRuns.Answer;
        var response = await api.Http.PostAsync($"/api/runs/{SampleRuns.Run}/stop", body is null ? null : new StringContent(body));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(new RunProtocol.StopRun(SampleRuns.Run, expected), await api.Coordinator.HeardAsync<RunProtocol.StopRun>());
    }

    [Theory]
    [InlineData("""{"mode":"soon"}""", "mode: expected graceful or now")]
    [InlineData("""{"mode":1}""", """expected a JSON object such as {"mode":"graceful"}""")]
    [InlineData("[]", """expected a JSON object such as {"mode":"graceful"}""")]
    [InlineData("x", """expected a JSON object such as {"mode":"graceful"}""")]
    public async Task A_wrong_way_to_stop_is_told_and_stops_nothing(string body, string expected)
    {
        await using var api = await ApiHost.StartAsync();
        var response = await api.Http.PostAsync($"/api/runs/{SampleRuns.Run}/stop", new StringContent(body));
        Assert.Equal(expected, await ProblemAsync(response, HttpStatusCode.BadRequest));
        Assert.Empty(api.Coordinator.Heard);
    }

    [Fact]
    public async Task A_run_that_is_over_cannot_be_stopped()
    {
        await using var api = await ApiHost.StartAsync();
        api.Coordinator.Answer = m => m is RunProtocol.StopRun ? new RunProtocol.StopAnswer(SampleRuns.Run, "it is over") : SampleRuns.Answer(m);
        Assert.Equal("it is over", await ProblemAsync(await api.Http.PostAsync($"/api/runs/{SampleRuns.Run}/stop", null), HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task A_summary_comes_as_it_was_written_however_large()
    {
        await using var api = await ApiHost.StartAsync();
        var json = $$"""{"schema":1,"note":"{{new string('ä', 200_000)}}"}""";
        api.Coordinator.Answer = m => m is RunProtocol.SummaryQuery ? new RunProtocol.SummaryAnswer(SampleRuns.Run, json, null) : null;
        var response = await api.Http.GetAsync($"/api/runs/{SampleRuns.Run}/summary");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(json, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_run_that_has_not_ended_has_no_summary()
    {
        await using var api = await ApiHost.StartAsync();
        api.Coordinator.Answer = SampleRuns.Answer;
        var response = await api.Http.GetAsync($"/api/runs/{SampleRuns.Run}/summary");
        Assert.Equal($"run {SampleRuns.Run} has not ended yet", await ProblemAsync(response, HttpStatusCode.Conflict));
    }
}
