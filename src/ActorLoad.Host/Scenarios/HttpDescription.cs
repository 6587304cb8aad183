using ActorLoad.Actors.Transport.Dialing;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios;

/// <summary>How the target is reached, in a line, as far as it is not the ordinary way. Addresses and names are left out.</summary>
internal static class HttpDescription
{
    /// <returns>Empty when there is nothing to say.</returns>
    public static string Describe(HttpSettings http)
    {
        var parts = new List<string>();
        if (http.IsHttp2)
        {
            parts.Add($"HTTP/2, {PlanDescription.Count(http.StreamsPerConnection, "stream")} a connection");
        }

        if (http.SourceAddresses.Count > 0)
        {
            parts.Add(SourceCount(http) is > 1 and var count ? $"from {count} local addresses in turn" : "from a local address that the scenario names");
        }

        if (http.Resolve.Count > 0)
        {
            parts.Add($"{PlanDescription.Count(http.Resolve.Count, "host")} resolved by the scenario");
        }

        if (http.Proxy is { } proxy)
        {
            parts.Add($"through a proxy ({proxy.Scheme})");
        }

        if (http.Tls.ClientCertFile.Length > 0)
        {
            parts.Add("with a client certificate");
        }

        if (http.Tls.Insecure)
        {
            parts.Add("any server certificate accepted");
        }

        return string.Join(", ", parts);
    }

    /// <summary>How many local addresses the scenario names.</summary>
    public static int SourceCount(HttpSettings http) => http.SourceAddresses.Sum(a => AddressRange.Parse(a)?.Count ?? 0);
}
