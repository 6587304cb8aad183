using ActorLoad.Program.Tests.Nginx;
using ActorLoad.Program.Tests.Run;

namespace ActorLoad.Program.Tests.Delivery;

/// <summary>The classic mistake: nginx in front of a server of events, with proxy_buffering left on.</summary>
public sealed class BufferingTests
{
    private const int Users = 5;

    // Small buffers, so that a few seconds fill many of them; the defaults do the same with 4 to 8 KB at a time. nginx speaks
    // HTTP/1.0 to upstreams unless it is told otherwise, and collects until a buffer is full; the chunks of HTTP/1.1 it passes on.
    private const string Locations =
        """
                gzip off;
                proxy_http_version 1.0;
                proxy_buffer_size 1k;
                proxy_buffers 4 1k;
                proxy_busy_buffers_size 2k;
                location /buffered/ { proxy_pass http://127.0.0.1:PORT/; proxy_buffering on; }
                location /passed/ { proxy_pass http://127.0.0.1:PORT/; proxy_buffering off; }
        """;

    [Fact]
    public async Task Buffered_and_unbuffered_are_told_apart()
    {
        await using var target = await TargetProcess.StartAsync(port: 0, "--heartbeat", "0");
        await using var nginx = await NginxServer.StartAsync(
            Locations.Replace("PORT", $"{target.BaseUrl.Port}", StringComparison.Ordinal));
        var run = await Delivered.RunAsync(new Uri(nginx.UrlOf("/")), $$"""
            measure { sent-at = "/ts" }
            load.stages = [ { duration = 0s, users = {{2 * Users}} }, { duration = 5s, users = {{2 * Users}} } ]
            users {
              buffered { tasks.read.steps = [
                { subscribe { stream = main, path = "/buffered/api/events/stream?interval_ms=50" } }
                { listen { stream = main, for = 1m } }
              ] }
              passed { tasks.read.steps = [
                { subscribe { stream = main, path = "/passed/api/events/stream?interval_ms=50" } }
                { listen { stream = main, for = 1m } }
              ] }
            }
            """);

        Assert.Equal((Users, 0), (run.Counter("buffered", "streams_buffered"), run.Counter("passed", "streams_buffered")));
        Assert.True(run.Counter("buffered", "events_coalesced") > run.Counter("buffered", "events") / 2, run.ToString());
        Assert.True(run.Counter("passed", "events_coalesced") < run.Counter("passed", "events") / 4, run.ToString());
        Assert.Contains(
            $"delivery looks buffered between server and client: on {Users} of {2 * Users} streams",
            string.Join(' ', run.Process.ErrorText.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
    }
}
