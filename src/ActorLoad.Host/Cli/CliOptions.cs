using System.CommandLine;
using ActorLoad.Host.Scenarios;
using ActorLoad.Host.Scenarios.Reading;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Cli;

/// <summary>Options and arguments whose values are checked while the line is parsed, so that a mistake starts nothing.</summary>
internal static class CliOptions
{
    /// <summary>An option of one of the kinds that scenarios know: durations, sizes, whole numbers.</summary>
    public static Option<T?> Value<T>(string name, ValueKind<T> kind, string description) where T : struct => new(name)
    {
        Description = description,
        HelpName = HelpNameOf<T>(),
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (kind.Parse(text) is { } value)
            {
                return value;
            }

            result.AddError($"{name}: expected {kind.Expected}, found '{text}'");
            return null;
        },
    };

    public static Option<HeaderTemplate[]> Headers(params string[] aliases)
    {
        var option = new Option<HeaderTemplate[]>("--header", aliases)
        {
            Description = "A header sent with every request, such as 'Authorization: Bearer T'; may be given several times.",
            HelpName = "'Name: value'",
            Arity = ArgumentArity.ZeroOrMore,
            AllowMultipleArgumentsPerToken = false,
            DefaultValueFactory = _ => [],
        };
        option.CustomParser = result =>
        {
            var headers = new List<HeaderTemplate>();
            foreach (var token in result.Tokens)
            {
                try
                {
                    var header = HeaderLine.Parse(token.Value);
                    foreach (var name in header.Value.EnvironmentNames.Where(n => Environment.GetEnvironmentVariable(n) is null))
                    {
                        result.AddError($"--header: {header.Name} needs the environment variable {name}, which is not set");
                    }

                    headers.Add(header);
                }
                catch (FormatException e)
                {
                    result.AddError($"--header: {e.Message}");
                }
            }

            return [.. headers];
        };
        return option;
    }

    public static Argument<Uri?> Url(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            {
                if (url.UserInfo.Length > 0)
                {
                    result.AddError($"{name}: a user name or password in the URL is not sent; use --header 'Authorization: …'");
                }

                return url;
            }

            result.AddError($"{name}: expected an absolute http or https URL, found '{text}'");
            return null;
        },
    };

    private static string HelpNameOf<T>() => typeof(T) switch
    {
        var t when t == typeof(TimeSpan) => "duration",
        var t when t == typeof(int) => "n",
        _ => "value",
    };
}
