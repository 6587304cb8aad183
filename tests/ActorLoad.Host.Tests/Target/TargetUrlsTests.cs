using System.Net;
using ActorLoad.Host.Target;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ActorLoad.Host.Tests.Target;

public sealed class TargetUrlsTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5080", "127.0.0.1:5080")]
    [InlineData("http://localhost:0/", "127.0.0.1:0")]
    [InlineData("http://[::1]:8080", "[::1]:8080")]
    [InlineData("http://127.0.3.7", "127.0.3.7:80")]
    public void Loopback_addresses_are_taken(string urls, string expected) =>
        Assert.Equal(IPEndPoint.Parse(expected), Assert.Single(TargetUrls.Parse(urls, allowRemote: false, token: null)).EndPoint);

    [Fact]
    public void Several_urls_are_separated_by_semicolons() =>
        Assert.Equal(2, TargetUrls.Parse("http://127.0.0.1:1; http://127.0.0.2:2;", allowRemote: false, token: null).Count);

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://+:5080")]
    [InlineData("http://[::]:5080")]
    [InlineData("http://192.168.1.4:5080")]
    [InlineData("http://127.0.0.1:1;http://10.0.0.1:2")]
    public void Addresses_beyond_loopback_need_leave_and_a_token(string urls)
    {
        Assert.Contains("loopback", Assert.Throws<ArgumentException>(() => TargetUrls.Parse(urls, allowRemote: false, token: "secret")).Message);
        Assert.Contains("token", Assert.Throws<ArgumentException>(() => TargetUrls.Parse(urls, allowRemote: true, token: "")).Message);
        Assert.NotEmpty(TargetUrls.Parse(urls, allowRemote: true, token: "secret"));
    }

    [Fact]
    public void The_scheme_chooses_tls_and_protocols() => Assert.Equal(
        [(false, HttpProtocols.Http1), (true, HttpProtocols.Http1AndHttp2), (false, HttpProtocols.Http2)],
        TargetUrls.Parse("http://127.0.0.1:1;https://localhost:2;h2c://[::1]:3", allowRemote: false, token: null)
            .Select(a => (a.IsTls, a.Protocols)));

    [Theory]
    [InlineData("")]
    [InlineData(";")]
    [InlineData("5080")]
    [InlineData("127.0.0.1:5080")]
    [InlineData("ftp://127.0.0.1:5080")]
    [InlineData("h2c://127.0.0.1")]
    [InlineData("http://127.0.0.1:5080/path")]
    [InlineData("http://example.com:5080")]
    public void What_is_no_http_url_of_an_address_is_refused(string urls) =>
        Assert.Throws<ArgumentException>(() => TargetUrls.Parse(urls, allowRemote: true, token: "secret"));
}
