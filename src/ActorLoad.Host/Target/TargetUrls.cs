using System.Net;

namespace ActorLoad.Host.Target;

/// <summary>Turns the text of <see cref="TargetOptions.Urls"/> into end points, and refuses what would listen beyond loopback unasked.</summary>
internal static class TargetUrls
{
    /// <exception cref="ArgumentException">No URL, not a URL of its schemes, a host that is no address, or not loopback without leave or token.</exception>
    public static IReadOnlyList<TargetAddress> Parse(string urls, bool allowRemote, string? token)
    {
        var parts = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length == 0)
        {
            throw new ArgumentException("the target needs at least one URL, such as http://127.0.0.1:5080");
        }

        var addresses = parts.Select(ParseOne).ToArray();
        for (var i = 0; i < parts.Length; i++)
        {
            if (IPAddress.IsLoopback(addresses[i].EndPoint.Address))
            {
                continue;
            }

            if (!allowRemote)
            {
                throw new ArgumentException($"'{parts[i]}' is reachable from other machines; the target listens on loopback only unless remote access is allowed");
            }

            if (string.IsNullOrEmpty(token))
            {
                throw new ArgumentException($"'{parts[i]}' is reachable from other machines; that needs a token");
            }
        }

        return addresses;
    }

    private static TargetAddress ParseOne(string text)
    {
        // `*` and `+` are what ASP.NET Core calls "any address"; Uri does not take them.
        var readable = text.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
        if (!Uri.TryCreate(readable, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https" or TargetAddress.Http2Clear)
            || uri.AbsolutePath is not ("/" or "") || uri.Query.Length > 0 || uri.Port < 0)
        {
            throw new ArgumentException($"'{text}' is not a URL the target can listen on; expected http://address:port, or https or h2c as the scheme");
        }

        if (uri.Host == "localhost")
        {
            return new TargetAddress(uri.Scheme, new IPEndPoint(IPAddress.Loopback, uri.Port));
        }

        return IPAddress.TryParse(uri.Host, out var address)
            ? new TargetAddress(uri.Scheme, new IPEndPoint(address, uri.Port))
            : throw new ArgumentException($"'{text}' names the host '{uri.Host}'; expected an IP address or localhost");
    }
}
