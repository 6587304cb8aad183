using ActorLoad.Host.Admin;
using Microsoft.AspNetCore.Http;

namespace ActorLoad.Host.Tests.Node;

public sealed class BearerTokenTests
{
    [Theory]
    [InlineData("s3cret", "Bearer s3cret", true)]
    [InlineData("s3cret", "bearer s3cret", true)]
    [InlineData("s3cret", "Bearer s3cre", false)]
    [InlineData("s3cret", "Bearer s3cretX", false)]
    [InlineData("s3cret", "Basic s3cret", false)]
    [InlineData("s3cret", "", false)]
    [InlineData("", "", true)]
    [InlineData(null, "Bearer whatever", true)]
    public void A_request_is_let_in_by_the_token_alone(string? token, string header, bool allowed)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Authorization = header;
        Assert.Equal(allowed, new BearerToken(token).Allows(http.Request));
    }
}
