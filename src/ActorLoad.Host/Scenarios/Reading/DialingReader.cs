using System.Collections.ObjectModel;
using ActorLoad.Actors.Transport.Dialing;
using ActorLoad.Host.Scenarios.Hocon;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>Reads what <c>scenario.http</c> says about where connections come from and go to.</summary>
internal static class DialingReader
{
    /// <summary>A list, or a single text. An empty one means none.</summary>
    public static IReadOnlyList<string> SourceAddresses(Section http)
    {
        const string expected = "an IP address, a range such as 127.0.1.1-127.0.1.9, or a CIDR block such as 127.0.1.0/28, at most 65536 addresses";
        if (http.Take("source-addresses") is not { } value)
        {
            return [];
        }

        var addresses = new List<string>();
        AddressRange? first = null;
        foreach (var (path, node) in value is HoconScalar ? [(http.PathOf("source-addresses"), value)] : http.List("source-addresses", expected))
        {
            if (http.ReadText(node, path, expected) is not { Length: > 0 } text)
            {
                continue;
            }

            if (AddressRange.Parse(text) is not { } range)
            {
                http.Unexpected(node, path, expected);
                continue;
            }

            first ??= range;
            if (range.Family != first.Family)
            {
                http.Context.Add(node.At, path, "source addresses have to be all IPv4 or all IPv6");
            }

            addresses.Add(text);
        }

        return addresses;
    }

    public static IReadOnlyDictionary<string, string> Resolve(Section http)
    {
        const string expected = "an IP address with or without a port, such as 127.0.0.1 or \"[::1]:8443\"";
        if (http.Object("resolve", "an object { \"host\" = \"address\", ... }") is not { } section)
        {
            return ReadOnlyDictionary<string, string>.Empty;
        }

        var entries = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var host in section.Keys)
        {
            if (section.Take(host) is HoconObject)
            {
                section.Mistake(host, "put host names that contain dots in quotes");
                continue;
            }

            if (!HostMap.IsHost(host))
            {
                section.Mistake(host, "expected a host name, with or without a port, such as \"example.test\" or \"example.test:443\"");
            }

            if (section.RequiredText(host, expected) is { } address)
            {
                entries[host] = address;
                if (!HostMap.IsAddress(address))
                {
                    section.Unexpected(section.Take(host)!, section.PathOf(host), expected);
                }
            }
        }

        return entries;
    }

    public static Uri? Proxy(Section http)
    {
        const string expected = "an absolute http or socks5 URL, or an empty text for none";
        var text = http.Text("proxy", "", expected);
        if (text.Length == 0)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var proxy) && proxy.Scheme is "http" or "socks5" && proxy.Host.Length > 0)
        {
            if (http.Context.Secrets.Contains(text))
            {
                http.Context.Secrets.Add(proxy);
            }

            return proxy;
        }

        http.Unexpected(http.Take("proxy")!, http.PathOf("proxy"), expected);
        return null;
    }
}
