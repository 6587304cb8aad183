using ActorLoad.Messages.Failures;
using ActorLoad.TestServer;

namespace ActorLoad.Actors.Tests.Transport;

public sealed class ConnectorRedirectTests : ConnectorTests
{
    [Theory]
    [InlineData("301 Moved Permanently", "GET")]
    [InlineData("302 Found", "GET")]
    [InlineData("303 See Other", "GET")]
    [InlineData("307 Temporary Redirect", "POST")]
    [InlineData("308 Permanent Redirect", "POST")]
    public async Task Every_redirect_is_followed_with_the_method_it_asks_for(string status, string method)
    {
        var server = Serve(Script.OnRequest().Redirect(status, "/there?x=1"), Stream);
        var request = To(server) with { Method = "POST", Body = "{}", LastEventId = "7" };
        var result = await ConnectAsync(Connector(), request);

        Assert.Equal(server.UrlOf("/there?x=1"), result.Response?.Url);
        Assert.Equal("data: 1\n\n", await ReadAsync(result));
        var second = await server.RequestAsync(2);
        Assert.Equal((method, "/there?x=1"), (second.Method, second.Target));
        Assert.Equal(method == "GET" ? 0 : 2, second.Body.Length);
        Assert.Equal("7", second.Header("Last-Event-ID"));
    }

    [Fact]
    public async Task Ten_redirects_are_followed()
    {
        var hop = Script.OnRequest().Redirect("302 Found", "/next");
        var server = Serve([.. Enumerable.Repeat(hop, 10), Stream]);

        Assert.Equal("data: 1\n\n", await ReadAsync(await ConnectAsync(Connector(), To(server))));
    }

    [Fact]
    public async Task The_eleventh_is_a_loop()
    {
        var server = Serve(Script.OnRequest().Redirect("302 Found", "/events"));

        AssertFailed(FailureReason.RedirectLoop, await ConnectAsync(Connector(), To(server)));
        Assert.Equal(11, server.Requests.Count);
        await server.ConnectionsEndedAsync(11);
    }

    [Fact]
    public async Task Plain_requests_follow_and_loop_alike()
    {
        var server = Serve(Script.OnRequest().Redirect("302 Found", "/next"), Script.OnRequest().Respond("200 OK"));
        var found = await SendAsync(Connector(), To(server));
        Assert.Equal((200, null), (found.Status, found.Failure));
        Assert.Equal("/next", (await server.RequestAsync(2)).Target);

        var loop = Serve(Script.OnRequest().Redirect("302 Found", "/next"));
        Assert.Equal(FailureReason.RedirectLoop, (await SendAsync(Connector(), To(loop))).Failure);
    }

    [Fact]
    public async Task Credentials_are_shown_to_their_own_origin_only()
    {
        var other = Serve(Stream);
        var own = Serve(
            Script.OnRequest().Redirect("307 Temporary Redirect", "/still-here"),
            Script.OnRequest().Redirect("307 Temporary Redirect", other.UrlOf("/away")));
        var request = To(own) with { Headers = [new("Authorization", "Bearer secret"), new("X-Own", "1")] };
        await ReadAsync(await ConnectAsync(Connector(), request));

        Assert.Equal("Bearer secret", (await own.RequestAsync(2)).Header("Authorization"));
        var away = await other.RequestAsync(1);
        Assert.Null(away.Header("Authorization"));
        Assert.Equal("1", away.Header("X-Own"));
    }

    [Fact]
    public async Task A_redirect_without_a_location_is_a_status()
    {
        var server = Serve(Script.OnRequest().Respond("302 Found"));
        var result = await ConnectAsync(Connector(), To(server));

        AssertFailed(FailureReason.Status, result);
        Assert.Equal(302, result.Status);
    }

    [Fact]
    public async Task A_location_that_is_no_http_url_is_a_status()
    {
        var server = Serve(Script.OnRequest().Redirect("302 Found", "ftp://x.test/"));

        AssertFailed(FailureReason.Status, await ConnectAsync(Connector(), To(server)));
    }
}
