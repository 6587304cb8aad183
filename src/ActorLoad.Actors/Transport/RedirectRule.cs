namespace ActorLoad.Actors.Transport;

/// <summary>How a redirect changes a request, after the Fetch standard's "HTTP-redirect fetch".</summary>
public static class RedirectRule
{
    public const int MaxRedirects = 10;

    public static bool IsRedirect(int status) => status is 301 or 302 or 303 or 307 or 308;

    /// <returns>The next request, or null when the location is no usable http(s) URL.</returns>
    public static StreamRequest? Next(StreamRequest request, int status, string location)
    {
        if (!Uri.TryCreate(request.Url, location, out var url) || url.Scheme is not ("http" or "https"))
        {
            return null;
        }

        var next = request with { Url = url };
        if ((status == 303 && request.Method is not ("GET" or "HEAD")) || (status is 301 or 302 && request.Method == "POST"))
        {
            next = next with { Method = "GET", Body = null };
        }

        // Fetch: credentials given for one origin are not shown to another.
        if (!SameOrigin(request.Url, url))
        {
            next = next with
            {
                Headers = [.. next.Headers.Where(h => !h.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase))],
            };
        }

        return next;
    }

    private static bool SameOrigin(Uri a, Uri b) =>
        a.Scheme == b.Scheme && a.Port == b.Port && a.Host.Equals(b.Host, StringComparison.OrdinalIgnoreCase);
}
