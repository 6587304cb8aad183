using System.Net.Http;
using System.Text;

namespace ActorLoad.Actors.Transport;

/// <summary>Makes HTTP messages of rendered requests.</summary>
internal static class RequestFactory
{
    /// <param name="stream">Adds what an EventSource sends: Accept, Cache-Control and Last-Event-ID.</param>
    public static HttpRequestMessage Create(StreamRequest request, bool stream)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Url)
        {
            Version = System.Net.HttpVersion.Version11,
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
        // Asking to remove a header that belongs to the content (Content-Type) would throw.
        if (message.Headers.NonValidated.Contains(name))
        {
            message.Headers.Remove(name);
        }

        if (!message.Headers.TryAddWithoutValidation(name, value) && message.Content is { } content)
        {
            content.Headers.Remove(name);
            content.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private static bool LooksLikeJson(string body) => body.AsSpan().TrimStart() is ['{' or '[', ..];
}
