using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;

namespace ActorLoad.Actors.Transport;

/// <summary>Makes HTTP messages of rendered requests.</summary>
internal static class RequestFactory
{
    /// <param name="stream">Adds what an EventSource sends: Accept, Cache-Control and Last-Event-ID.</param>
    /// <param name="http2">Over TLS by ALPN, over plain text with prior knowledge; never another version than asked for.</param>
    public static HttpRequestMessage Create(StreamRequest request, bool stream, bool http2)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Url)
        {
            Version = http2 ? System.Net.HttpVersion.Version20 : System.Net.HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (request.Body is not null)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(request.Body));
            message.Content.Headers.TryAddWithoutValidation(
                "Content-Type", LooksLikeJson(request.Body) ? "application/json" : "text/plain; charset=utf-8");
        }

        if (stream)
        {
            message.Headers.TryAddWithoutValidation("Accept", ConnectOutcome.EventStream);
            message.Headers.TryAddWithoutValidation("Cache-Control", "no-store");
        }

        foreach (var (name, value) in request.Headers)
        {
            Set(message, name, value);
        }

        if (request.LastEventId.Length > 0)
        {
            Set(message, "Last-Event-ID", request.LastEventId);
        }

        if (request.Cookies?.GetCookieHeader(request.Url) is { Length: > 0 } cookies)
        {
            message.Headers.TryAddWithoutValidation("Cookie", cookies);
        }

        return message;
    }

    private static void Set(HttpRequestMessage message, string name, string value)
    {
        if (!TrySet(message.Headers, name, value) && message.Content is { } content)
        {
            TrySet(content.Headers, name, value);
        }
    }

    // Removing a header that may not stand here (Content-Type among request headers, say) would throw.
    private static bool TrySet(HttpHeaders headers, string name, string value)
    {
        if (headers.NonValidated.Contains(name))
        {
            headers.Remove(name);
        }

        return headers.TryAddWithoutValidation(name, value);
    }

    private static bool LooksLikeJson(string body) => body.AsSpan().TrimStart() is ['{' or '[', ..];
}
