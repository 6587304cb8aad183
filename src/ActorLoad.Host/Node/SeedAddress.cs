using System.Globalization;
using System.Net;

namespace ActorLoad.Host.Node;

/// <summary>A node to join: one host, or all addresses that a DNS name has.</summary>
internal sealed record SeedAddress(string Host, int Port, bool IsDnsName)
{
    private const string DnsPrefix = "dns:";

    /// <returns>Null when the text is neither <c>host:port</c> nor <c>dns:name:port</c>.</returns>
    public static SeedAddress? Parse(string text)
    {
        var dns = text.StartsWith(DnsPrefix, StringComparison.Ordinal);
        var rest = dns ? text[DnsPrefix.Length..] : text;
        var colon = rest.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(rest[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is 0 or > 65535)
        {
            return null;
        }

        var host = rest[..colon].Trim('[', ']');
        return Uri.CheckHostName(host) is UriHostNameType.Unknown or UriHostNameType.Basic ? null : new SeedAddress(host, port, dns);
    }

    /// <summary>The hosts to join, in an order that is the same for everybody who asks.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The name has no address.</exception>
    public async Task<IReadOnlyList<string>> ResolveAsync(CancellationToken cancellation)
    {
        if (!IsDnsName)
        {
            return [Host];
        }

        var addresses = await Dns.GetHostAddressesAsync(Host, cancellation).ConfigureAwait(false);
        return [.. addresses.Select(a => a.ToString()).Order(StringComparer.Ordinal)];
    }
}
