using System.CommandLine;
using ActorLoad.Host.Cli;
using ActorLoad.Host.Node;

namespace ActorLoad.Host.Tests.Deploy;

/// <summary>Holds command lines that stand in files against the command tree of the program.</summary>
internal static class CommandLines
{
    /// <summary>The names of all variables that a node reads.</summary>
    public static IReadOnlySet<string> NodeVariables { get; } = Asked();

    /// <param name="arguments">Without the program's name.</param>
    public static ParseResult Parse(IReadOnlyList<string> arguments)
    {
        var parsed = CommandTree.Create().Parse(arguments);
        Assert.True(parsed.Errors.Count == 0, $"actorload {string.Join(' ', arguments)}: {string.Join("; ", parsed.Errors.Select(e => e.Message))}");
        return parsed;
    }

    /// <summary>What a node would be started with.</summary>
    public static NodeOptions Node(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, string? config = null)
    {
        var parsed = Parse(arguments);
        Assert.Equal("node", parsed.CommandResult.Command.Name);
        Assert.All(environment.Keys.Where(k => k.StartsWith("ACTORLOAD_", StringComparison.Ordinal)), k => Assert.Contains(k, NodeVariables));
        var flags = new NodeFlags
        {
            Roles = parsed.GetValue<string?>("--roles")?.Split(','),
            Hostname = parsed.GetValue<string?>("--hostname"),
            PublicHostname = parsed.GetValue<string?>("--public-hostname"),
            Port = parsed.GetValue<int?>("--port"),
            Seeds = parsed.GetValue<string[]>("--seed") is { Length: > 0 } seeds ? seeds : null,
            Http = parsed.GetValue<string?>("--http"),
            Token = parsed.GetValue<string?>("--token"),
            TlsCert = parsed.GetValue<string?>("--tls-cert"),
            TlsKey = parsed.GetValue<string?>("--tls-key"),
            TlsCa = parsed.GetValue<string?>("--tls-ca"),
            Insecure = parsed.GetValue<bool>("--insecure") ? true : null,
            Quorum = parsed.GetValue<int?>("--quorum"),
        };
        return NodeOptionsReader.Read(flags, config, name => environment.GetValueOrDefault(name));
    }

    /// <summary>That it would start, and that nothing of it is open to everybody.</summary>
    public static void IsSafe(NodeOptions node)
    {
        Assert.Empty(NodeSafety.Problems(node));
        Assert.False(node.Insecure);
    }

    private static HashSet<string> Asked()
    {
        var names = new HashSet<string>();
        NodeEnvironment.Read(
            name =>
            {
                names.Add(name);
                return null;
            },
            _ => { });
        return names;
    }
}
