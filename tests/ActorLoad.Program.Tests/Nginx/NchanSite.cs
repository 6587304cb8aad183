using System.Net.Http.Headers;

namespace ActorLoad.Program.Tests.Nginx;

/// <summary>
/// A publish and subscribe site as people run it: an origin with nchan keeps the last thousand messages of each channel,
/// and an edge in front passes streams through. Reloading the edge cuts every stream while the origin forgets nothing;
/// reloading the origin itself would empty nchan's memory.
/// </summary>
public sealed class NchanSite : IAsyncLifetime
{
    private const string Origin =
        """
                location ~ ^/publish/(\w+)$ {
                    nchan_publisher;
                    nchan_channel_id $1;
                    nchan_message_buffer_length 1000;
                    nchan_message_timeout 10m;
                }
                location ~ ^/subscribe/(\w+)$ {
                    nchan_subscriber eventsource;
                    nchan_channel_id $1;
                    nchan_subscriber_first_message oldest;
                }
                location ~ ^/impatient/(\w+)$ {
                    nchan_subscriber eventsource;
                    nchan_channel_id $1;
                    nchan_subscriber_first_message oldest;
                    nchan_subscriber_timeout 2s;
                }
        """;

    private readonly HttpClient _publisher = new();
    private NginxServer? _origin;
    private NginxServer? _edge;

    private NginxServer OriginServer => _origin ?? throw new InvalidOperationException("The site has not started.");

    private NginxServer EdgeServer => _edge ?? throw new InvalidOperationException("The site has not started.");

    /// <summary>A name for a channel that no other test uses.</summary>
    public static string NewChannel() => $"c{Guid.NewGuid():N}";

    /// <summary>The base address of the edge, without a slash at its end; streams are at <c>/subscribe/CHANNEL</c>.</summary>
    public string EdgeUrl => EdgeServer.UrlOf("");

    /// <summary>The stream of a channel, straight from the origin.</summary>
    public string StreamUrl(string channel) => OriginServer.UrlOf($"/subscribe/{channel}");

    /// <summary>The stream of a channel through the edge, which <see cref="CutStreams"/> cuts.</summary>
    public string EdgeStreamUrl(string channel) => EdgeServer.UrlOf($"/subscribe/{channel}");

    /// <summary>The stream of a channel from an origin that ends it after two seconds without a message.</summary>
    public string ImpatientStreamUrl(string channel) => OriginServer.UrlOf($"/impatient/{channel}");

    /// <summary>Publishes one message; line feeds in it make data lines.</summary>
    public async Task PublishAsync(string channel, string message, string? eventName = null)
    {
        using var content = new StringContent(message);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        if (eventName is not null)
        {
            content.Headers.Add("X-EventSource-Event", eventName);
        }

        using var response = await _publisher.PostAsync(OriginServer.UrlOf($"/publish/{channel}"), content);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Makes the edge cut every stream that is open now, about a second from now. New streams open meanwhile.</summary>
    public void CutStreams() => EdgeServer.Reload();

    public async Task InitializeAsync()
    {
        _origin = await NginxServer.StartAsync(Origin);
        _edge = await NginxServer.StartAsync(
            $$"""
                    location / {
                        proxy_pass http://127.0.0.1:{{_origin.Port}};
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_buffering off;
                        proxy_read_timeout 1h;
                    }
            """);
    }

    public async Task DisposeAsync()
    {
        _publisher.Dispose();
        foreach (var server in new[] { _edge, _origin })
        {
            if (server is not null)
            {
                await server.DisposeAsync();
            }
        }
    }
}
