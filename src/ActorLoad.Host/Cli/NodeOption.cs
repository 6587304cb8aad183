using System.CommandLine;
using System.CommandLine.Parsing;

namespace ActorLoad.Host.Cli;

/// <summary>What every verb that talks to a node understands.</summary>
internal static class NodeOption
{
    private static readonly Uri Default = new("http://127.0.0.1:8120");

    public static Option<Uri> Node() => new("--node")
    {
        Description = $"The node's HTTP endpoint. Default: {Default.OriginalString}.",
        HelpName = "url",
        Recursive = true,
        DefaultValueFactory = _ => Default,
        CustomParser = result => Parsed(result.Tokens[0].Value, result),
    };

    /// <summary>Several nodes of one cluster, tried in turn.</summary>
    public static Option<Uri[]> Nodes() => new("--node")
    {
        Description = $"A node's HTTP endpoint; several are tried in turn. Default: {Default.OriginalString}.",
        HelpName = "url",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        DefaultValueFactory = _ => [Default],
        CustomParser = result => [.. result.Tokens.Select(t => Parsed(t.Value, result))],
    };

    public static Option<string?> Token() => new("--token")
    {
        Description = $"The node's token. Better given as {NodeCommand.TokenVariable}.",
        Recursive = true,
    };

    /// <summary>text or json.</summary>
    public static Option<string> Format()
    {
        var option = new Option<string>("--format")
        {
            Description = "text, or json for scripts. Default: text.",
            Recursive = true,
            DefaultValueFactory = _ => "text",
        };
        option.AcceptOnlyFromAmong("text", "json");
        return option;
    }

    private static Uri Parsed(string text, ArgumentResult result)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return url;
        }

        result.AddError($"--node: expected a node's HTTP endpoint such as {Default.OriginalString}, found '{text}'");
        return Default;
    }
}
