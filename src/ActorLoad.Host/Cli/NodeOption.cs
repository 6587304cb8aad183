using System.CommandLine;
using System.CommandLine.Parsing;
using ActorLoad.Host.Admin;

namespace ActorLoad.Host.Cli;

/// <summary>What every verb that talks to a node understands.</summary>
internal static class NodeOption
{
    private static readonly Uri Default = new("http://127.0.0.1:8120");

    /// <summary>Several nodes of one cluster, tried in turn.</summary>
    public static Option<Uri[]> Nodes() => new("--node")
    {
        Description = $"A node's HTTP endpoint; several are tried in turn. Default: {Default.OriginalString}.",
        HelpName = "url",
        Arity = ArgumentArity.OneOrMore,
        Recursive = true,
        AllowMultipleArgumentsPerToken = false,
        DefaultValueFactory = _ => [Default],
        CustomParser = result => [.. result.Tokens.Select(t => Parsed(t.Value, result))],
    };

    public static Option<string?> Token() => new("--token")
    {
        Description = $"The node's token. Better given as {NodeCommand.TokenVariable}.",
        Recursive = true,
    };

    /// <summary>What to send to the node; null = nothing.</summary>
    /// <param name="given">By the option; null = the variable has it, or nothing has.</param>
    /// <exception cref="UsageException">It cannot be sent. Never says what it is.</exception>
    public static string? TokenOf(string? given, Func<string, string?> environment)
    {
        var token = (given ?? environment(NodeCommand.TokenVariable))?.Trim();
        return string.IsNullOrEmpty(token) ? null
            : TokenText.Problem(token) is { } problem ? throw new UsageException($"{(given is null ? NodeCommand.TokenVariable : "--token")}: the token {problem}")
            : token;
    }

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
