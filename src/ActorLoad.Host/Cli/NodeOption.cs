using System.CommandLine;

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
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            {
                return url;
            }

            result.AddError($"--node: expected a node's HTTP endpoint such as {Default.OriginalString}, found '{text}'");
            return Default;
        },
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
}
