using ActorLoad.Actors.Transport;

namespace ActorLoad.Actors.Tests.Transport;

public sealed class RedirectRuleTests
{
    private static readonly StreamRequest Post = new()
    {
        Url = new Uri("http://one.test:81/a/b?c=d"),
        Method = "POST",
        Body = "body",
        Headers = [new("authorization", "secret"), new("X-Own", "1")],
        LastEventId = "7",
    };

    [Theory]
    [InlineData(300, false)]
    [InlineData(301, true)]
    [InlineData(302, true)]
    [InlineData(303, true)]
    [InlineData(304, false)]
    [InlineData(305, false)]
    [InlineData(307, true)]
    [InlineData(308, true)]
    public void Redirects_are_these_five(int status, bool expected) => Assert.Equal(expected, RedirectRule.IsRedirect(status));

    [Theory]
    [InlineData(301, "POST", "GET")]
    [InlineData(302, "POST", "GET")]
    [InlineData(303, "POST", "GET")]
    [InlineData(307, "POST", "POST")]
    [InlineData(308, "POST", "POST")]
    [InlineData(301, "PUT", "PUT")]
    [InlineData(302, "PUT", "PUT")]
    [InlineData(303, "PUT", "GET")]
    [InlineData(303, "HEAD", "HEAD")]
    [InlineData(303, "GET", "GET")]
    [InlineData(301, "GET", "GET")]
    public void The_method_changes_as_fetch_says(int status, string method, string expected)
    {
        var next = RedirectRule.Next(Post with { Method = method }, status, "/next")!;

        Assert.Equal(expected, next.Method);
        Assert.Equal(expected == method && method != "GET", next.Body is not null && method != "GET");
        Assert.Equal("7", next.LastEventId);
    }

    [Fact]
    public void A_request_that_becomes_get_loses_its_body() =>
        Assert.Null(RedirectRule.Next(Post, 302, "/next")!.Body);

    [Theory]
    [InlineData("/next", "http://one.test:81/next")]
    [InlineData("next?x=1", "http://one.test:81/a/next?x=1")]
    [InlineData("//two.test/x", "http://two.test/x")]
    [InlineData("https://one.test:81/x", "https://one.test:81/x")]
    public void A_location_may_be_relative(string location, string expected) =>
        Assert.Equal(expected, RedirectRule.Next(Post, 307, location)!.Url.AbsoluteUri);

    [Theory]
    [InlineData("ftp://one.test/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://")]
    public void What_is_no_http_url_is_not_followed(string location) => Assert.Null(RedirectRule.Next(Post, 302, location));

    [Theory]
    [InlineData("/next")]
    [InlineData("http://ONE.test:81/next")]
    public void Credentials_stay_within_their_origin(string location) =>
        Assert.Contains(RedirectRule.Next(Post, 307, location)!.Headers, h => h.Value == "secret");

    [Theory]
    [InlineData("http://two.test:81/")]
    [InlineData("http://one.test:82/")]
    [InlineData("https://one.test:81/")]
    public void Credentials_are_not_shown_to_another_origin(string location)
    {
        var next = RedirectRule.Next(Post, 307, location)!;

        Assert.Equal(["X-Own"], next.Headers.Select(h => h.Key));
    }
}
