using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ActorLoad.Actors.Transport.Dialing;

/// <summary>
/// Where to connect to instead of asking the resolver, by <c>host</c> or <c>host:port</c>, the latter first. Only the address
/// of the TCP connection changes; Host header, SNI and the name on the certificate stay those of the URL.
/// </summary>
public sealed class HostMap
{
    private readonly Dictionary<string, (IPAddress Address, int? Port)> _entries = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="InvalidDataException">An entry is not <c>host[:port]</c> to <c>address[:port]</c>.</exception>
    public HostMap(IReadOnlyDictionary<string, string> entries)
    {
        foreach (var (host, address) in entries)
        {
            _entries[host] = IsHost(host) && ParseAddress(address) is { } parsed
                ? parsed
                : throw new InvalidDataException($"cannot resolve '{host}' to '{address}': expected host[:port] and address[:port]");
        }
    }

    public static bool IsHost(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon > 0 && text.IndexOf(':') == colon)
        {
            if (ParsePort(text[(colon + 1)..]) is null)
            {
                return false;
            }

            text = text[..colon];
        }

        return Uri.CheckHostName(text) is UriHostNameType.Dns or UriHostNameType.IPv4;
    }

    public static bool IsAddress(string text) => ParseAddress(text) is not null;

    /// <summary>An address needs no resolver: that saves a thread-pool hop per connection.</summary>
    public EndPoint EndPointOf(DnsEndPoint target)
    {
        if (_entries.Count > 0
            && (_entries.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"{target.Host}:{target.Port}"), out var entry)
                || _entries.TryGetValue(target.Host, out entry)))
        {
            return new IPEndPoint(entry.Address, entry.Port ?? target.Port);
        }

        return IPAddress.TryParse(target.Host, out var address) ? new IPEndPoint(address, target.Port) : target;
    }

    // "127.0.0.1", "127.0.0.1:80", "::1", "[::1]:80"
    private static (IPAddress Address, int? Port)? ParseAddress(string text)
    {
        var colon = text.LastIndexOf(':');
        var hasPort = colon > 0 && (text[colon - 1] == ']' || text.IndexOf(':') == colon);
        int? port = null;
        if (hasPort)
        {
            port = ParsePort(text[(colon + 1)..]);
            if (port is null)
            {
                return null;
            }

            text = text[..colon];
        }

        // "127.1" is an address to the runtime; here it is more likely a typing error.
        return IPAddress.TryParse(text, out var address)
            && (address.AddressFamily == AddressFamily.InterNetworkV6 || text.Count(c => c == '.') == 3)
            ? (address, port)
            : null;
    }

    private static int? ParsePort(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0 ? port : null;
}
