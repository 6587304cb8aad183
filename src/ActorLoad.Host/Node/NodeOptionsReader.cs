using System.Globalization;
using ActorLoad.Host.Cli;

namespace ActorLoad.Host.Node;

/// <summary>Puts a node's options together: flags win over environment variables, these over the file, the file over defaults.</summary>
internal static class NodeOptionsReader
{
    /// <exception cref="UsageException">Something in the file or a variable cannot be understood; all of it is named.</exception>
    public static NodeOptions Read(NodeFlags flags, string? config, Func<string, string?> environment)
    {
        var problems = new List<string>();
        var variables = NodeEnvironment.Read(environment, problems.Add);
        var all = flags.Over(variables);
        if (config is not null)
        {
            var (file, mistakes) = NodeConfigFile.Read(config, environment);
            problems.AddRange(mistakes.Select(m => m.ToString()!));
            all = all.Over(file);
        }

        var defaults = new NodeOptions();
        var (host, port) = (defaults.HttpHost, defaults.HttpPort);
        if (all.Http is { } http && !TrySplit(http, out host, out port))
        {
            var source = flags.Http is not null ? "--http" : variables.Http is not null ? "ACTORLOAD_NODE_HTTP" : $"{config}: node.http";
            problems.Add($"{source}: expected host:port, found '{http}'");
        }

        return problems.Count > 0 ? throw new UsageException(string.Join("\nactorload: ", problems)) : defaults with
        {
            Roles = all.Roles ?? defaults.Roles,
            Hostname = all.Hostname ?? defaults.Hostname,
            PublicHostname = all.PublicHostname,
            Port = all.Port ?? defaults.Port,
            Seeds = all.Seeds ?? defaults.Seeds,
            HttpHost = host,
            HttpPort = port,
            Token = all.Token?.Trim(),
            TlsCert = all.TlsCert,
            TlsKey = all.TlsKey,
            TlsCa = all.TlsCa,
            TlsThumbprints = all.TlsThumbprints ?? defaults.TlsThumbprints,
            Insecure = all.Insecure ?? defaults.Insecure,
            Quorum = all.Quorum ?? defaults.Quorum,
            JoinTimeout = all.JoinTimeout ?? defaults.JoinTimeout,
            Results = all.Results ?? defaults.Results,
            SourceAddresses = all.SourceAddresses ?? defaults.SourceAddresses,
        };
    }

    private static bool TrySplit(string text, out string host, out int port)
    {
        var colon = text.LastIndexOf(':');
        host = colon > 0 ? text[..colon].Trim('[', ']') : "";
        port = 0;
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= 65535;
    }
}
