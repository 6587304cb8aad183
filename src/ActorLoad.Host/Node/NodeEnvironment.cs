using ActorLoad.Host.Scenarios.Reading;

namespace ActorLoad.Host.Node;

/// <summary>Reads the <c>ACTORLOAD_NODE_…</c> variables; lists are separated by ','.</summary>
internal static class NodeEnvironment
{
    private const string Prefix = "ACTORLOAD_NODE_";

    /// <param name="mistake">Receives one sentence for every variable that cannot be understood.</param>
    public static NodeFlags Read(Func<string, string?> environment, Action<string> mistake)
    {
        return new NodeFlags
        {
            Roles = List("ROLES"),
            Hostname = Text("HOSTNAME"),
            PublicHostname = Text("PUBLIC_HOSTNAME"),
            Port = Value("PORT", ValueKinds.Whole(0, 65535)),
            Seeds = List("SEEDS"),
            Http = Text("HTTP"),
            Token = Text("TOKEN"),
            TlsCert = Text("TLS_CERT"),
            TlsKey = Text("TLS_KEY"),
            TlsCa = Text("TLS_CA"),
            TlsThumbprints = List("TLS_THUMBPRINTS"),
            Insecure = Value("INSECURE", ValueKinds.Flag),
            Quorum = Value("QUORUM", ValueKinds.Whole(1, 100)),
            JoinTimeout = Value("JOIN_TIMEOUT", ValueKinds.PositiveDuration),
            Results = Text("RESULTS"),
            SourceAddresses = List("SOURCE_ADDRESSES"),
        };

        string? Text(string name) => environment(Prefix + name) is { Length: > 0 } text ? text : null;

        IReadOnlyList<string>? List(string name) =>
            Text(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        T? Value<T>(string name, ValueKind<T> kind) where T : struct
        {
            if (Text(name) is not { } text)
            {
                return null;
            }

            if (kind.Parse(text) is { } value)
            {
                return value;
            }

            mistake($"{Prefix}{name}: expected {kind.Expected}, found '{text}'");
            return null;
        }
    }
}
