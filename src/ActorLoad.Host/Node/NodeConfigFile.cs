using ActorLoad.Host.Scenarios;
using ActorLoad.Host.Scenarios.Hocon;
using ActorLoad.Host.Scenarios.Reading;

namespace ActorLoad.Host.Node;

/// <summary>Reads <c>node { … }</c> of a HOCON file such as hocon/node.conf. Mistakes are named with file and line, as in scenarios.</summary>
internal static class NodeConfigFile
{
    /// <returns>What the file says, or its mistakes.</returns>
    public static (NodeFlags Flags, IReadOnlyList<ScenarioMistake> Mistakes) Read(string path, Func<string, string?> environment)
    {
        var context = new ReadContext(environment);
        try
        {
            var resolver = new HoconResolver(
                SourceFiles.Read(path), context.Variable, (at, at2, problem) => context.Add(at, string.Join('.', at2), problem));
            var root = new Section(resolver.Resolve(new HoconPosition(path, 1)), "", context);
            var flags = root.Object("node") is { } node ? Node(node) : new NodeFlags();
            root.Close();
            return (flags, context.Mistakes);
        }
        catch (HoconException e)
        {
            context.Add(e.At, "", e.Message);
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            context.Add(new HoconPosition(path, 0), "", $"the file cannot be read: {e.Message}");
        }

        return (new NodeFlags(), context.Mistakes);
    }

    private static NodeFlags Node(Section node)
    {
        var tls = node.Object("tls");
        var flags = new NodeFlags
        {
            Roles = Texts(node, "roles"),
            Hostname = Text(node, "hostname"),
            PublicHostname = Text(node, "public-hostname"),
            Port = Optional(node, "port", ValueKinds.Whole(0, 65535)),
            Seeds = Texts(node, "seeds"),
            Http = Text(node, "http"),
            Token = Text(node, "token"),
            TlsCert = tls is null ? null : File(tls, "cert"),
            TlsKey = tls is null ? null : File(tls, "key"),
            TlsCa = tls is null ? null : File(tls, "ca"),
            TlsThumbprints = tls is null ? null : Texts(tls, "thumbprints"),
            Insecure = Optional(node, "insecure", ValueKinds.Flag),
            Quorum = Optional(node, "quorum", ValueKinds.Whole(1, 100)),
            JoinTimeout = Optional(node, "join-timeout", ValueKinds.PositiveDuration),
            Results = Text(node, "results"),
            SourceAddresses = Texts(node, "source-addresses"),
        };
        tls?.Close();
        node.Close();
        return flags;
    }

    private static T? Optional<T>(Section section, string key, ValueKind<T> kind) where T : struct =>
        section.Take(key) is { } value ? section.ReadValue(value, section.PathOf(key), kind) : null;

    private static string? Text(Section section, string key) => section.Text(key, "") is { Length: > 0 } text ? text : null;

    // Beside the file that says so.
    private static string? File(Section section, string key) => Text(section, key) is { } name
        ? Path.GetFullPath(name, Path.GetDirectoryName(Path.GetFullPath(section.Take(key)!.At.File))!)
        : null;

    private static IReadOnlyList<string>? Texts(Section section, string key) => section.Has(key)
        ? [.. section.List(key, "a list of texts").Select(e => section.ReadText(e.Node, e.Path, "a text")).OfType<string>()]
        : null;
}
