using System.Net;

namespace ActorLoad.Host.Tests.Api;

/// <summary>A node without a token and the web pages that somebody on its machine looks at.</summary>
public class OriginGateTests
{
    [Theory]
    [InlineData(null, "https://evil.example")]
    [InlineData(null, "null")]
    [InlineData(null, "http://localhost:1")]
    [InlineData("evil.example", null)]
    [InlineData("evil.example", "http://evil.example")]
    public async Task Pages_of_others_reach_nothing(string? host, string? origin)
    {
        await using var api = await ApiHost.StartAsync();
        api.Coordinator.Answer = SampleRuns.Answer;
        var response = await SendAsync(api, host, origin);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.StartsWith("""{"problem":"a node without a token """, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(api.Coordinator.Heard);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("localhost:8120", null)]
    [InlineData("[::1]", "http://[::1]")]
    [InlineData("127.0.0.1:8120", "http://127.0.0.1:8120")]
    public async Task Programs_and_its_own_pages_are_served(string? host, string? origin)
    {
        await using var api = await ApiHost.StartAsync();
        api.Coordinator.Answer = SampleRuns.Answer;
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(api, host, origin)).StatusCode);
    }

    [Fact]
    public async Task Who_knows_the_token_may_come_from_anywhere()
    {
        await using var api = await ApiHost.StartAsync(token: "s3cret");
        api.Coordinator.Answer = SampleRuns.Answer;
        api.Http.DefaultRequestHeaders.Authorization = new("Bearer", "s3cret");
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(api, "node.example", "https://tools.example")).StatusCode);
    }

    private static Task<HttpResponseMessage> SendAsync(ApiHost api, string? host, string? origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/runs/{SampleRuns.Run}/stop");
        request.Headers.Host = host;
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return api.Http.SendAsync(request);
    }
}
