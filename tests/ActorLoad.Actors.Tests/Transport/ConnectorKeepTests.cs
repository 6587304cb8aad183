using System.Text;
using ActorLoad.Actors.Transport;
using ActorLoad.TestServer;

namespace ActorLoad.Actors.Tests.Transport;

/// <summary>What is kept of plain responses, and how a stream is asked for by POST.</summary>
public sealed class ConnectorKeepTests : ConnectorTests
{
    [Fact]
    public async Task Body_and_headers_are_kept_as_far_as_they_are_wanted()
    {
        var server = Serve(Script.OnRequest()
            .Head("HTTP/1.1 201 Created", "Content-Length: 8", "Location: /jobs/1", "X-Two: a", "X-Two: b", "Content-Type: text/x", "Connection: close")
            .Send("{\"id\":1}"));
        var keep = new ResponseKeep(true, ["location", "X-Two", "content-type", "ETag"]);
        var result = await SendAsync(Connector(), To(server) with { Keep = keep });

        Assert.Equal((201, "{\"id\":1}", true), (result.Status, Encoding.UTF8.GetString(result.Kept!.Body.Span), result.Kept.IsWhole));
        Assert.Equal(
            ["Content-Type=text/x", "Location=/jobs/1", "X-Two=a"],
            new[] { "Content-Type", "Location", "X-Two" }.Select(h => $"{h}={result.Kept.Headers[h]}"));
        Assert.False(result.Kept.Headers.ContainsKey("ETag"));
    }

    [Fact]
    public async Task Without_a_wish_nothing_is_kept()
    {
        var server = Serve(Script.OnRequest().Head("HTTP/1.1 200 OK", "Content-Length: 2", "Connection: close").Send("{}"));
        Assert.Null((await SendAsync(Connector(), To(server))).Kept);
    }

    [Fact]
    public async Task An_endless_body_is_read_to_the_limit_and_no_further()
    {
        var script = Script.OnRequest().Head("HTTP/1.1 200 OK", "Content-Length: 100000000", "Connection: close");
        for (var i = 0; i < 20; i++)
        {
            script = script.Send(new string('x', 100_000));
        }

        var server = Serve(script);
        var result = await SendAsync(Connector(), To(server) with { Keep = new ResponseKeep(true, []) });

        Assert.Equal((200, null), (result.Status, result.Failure));
        Assert.False(result.Kept!.IsWhole);
        Assert.InRange(result.Kept.Body.Length, KeptResponse.MaxBody, KeptResponse.MaxBody + (64 * 1024));
    }

    [Theory]
    [InlineData(true, 302)]
    [InlineData(false, 200)]
    public async Task A_redirect_that_is_the_wanted_response_is_not_followed(bool wanted, int status)
    {
        var redirect = Script.OnRequest().Head("HTTP/1.1 302 Found", "Content-Length: 0", "Location: /next?code=1", "Connection: close");
        var server = Serve(redirect, Script.OnRequest().Head("HTTP/1.1 200 OK", "Content-Length: 0", "Connection: close"));
        var request = To(server) with { FinalStatuses = wanted ? [302] : [], Keep = new ResponseKeep(false, ["Location"]) };
        var result = await SendAsync(Connector(), request);

        Assert.Equal(status, result.Status);
        Assert.Equal(wanted ? "/next?code=1" : null, result.Kept!.Headers.GetValueOrDefault("Location"));
    }

    [Fact]
    public async Task A_stream_by_post_says_what_it_sends_what_it_takes_and_where_it_was()
    {
        var server = Serve(Stream);
        var request = To(server) with { Method = "POST", Body = """{"stream":true}""", LastEventId = "41" };
        await ReadAsync(await ConnectAsync(Connector(), request));

        var received = await server.RequestAsync(1);
        Assert.Equal(
            ("POST", "application/json", "text/event-stream", "41", """{"stream":true}"""),
            (received.Method, received.Header("Content-Type"), received.Header("Accept"), received.Header("Last-Event-ID"), Encoding.UTF8.GetString(received.Body)));
    }

    [Theory]
    [InlineData(302, "GET", "")]
    [InlineData(307, "POST", "{}")]
    public async Task A_redirected_post_becomes_what_the_fetch_standard_says(int status, string method, string body)
    {
        var redirect = Script.OnRequest().Head($"HTTP/1.1 {status} Moved", "Content-Length: 0", "Location: /there", "Connection: close");
        var server = Serve(redirect, Stream);
        var request = To(server) with { Method = "POST", Body = "{}", Headers = [new("Content-Type", "application/json")] };
        await ReadAsync(await ConnectAsync(Connector(), request));

        var received = await server.RequestAsync(2);
        Assert.Equal((method, body), (received.Method, Encoding.UTF8.GetString(received.Body)));
        Assert.Equal(body.Length > 0 ? "application/json" : null, received.Header("Content-Type"));
    }
}
