using System.Text.RegularExpressions;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>Reads what subscribe and request steps have in common.</summary>
internal static partial class RequestParts
{
    private const string PathExample = "a path such as /api/events, or an absolute http or https URL";

    public static Template? Path(Section step)
    {
        if (step.TakeRequired("path", PathExample) is not { } node
            || step.ReadTemplate(node, step.PathOf("path"), PathExample) is not { } path)
        {
            return null;
        }

        var literal = Fields().Replace(path.Source, "x");
        if (!IsPath(path.Source) || literal.Any(c => char.IsControl(c) || c is ' ' or '#'))
        {
            step.Unexpected(node, step.PathOf("path"), PathExample + ", without blanks and '#'");
            return null;
        }

        return path;
    }

    public static string Method(Section step, string fallback)
    {
        var method = step.Text("method", fallback, "an HTTP method");
        if (!NameRules.IsToken(method))
        {
            step.Unexpected(step.Take("method")!, step.PathOf("method"), $"{NameRules.Token} as the method");
        }

        return method;
    }

    public static Template? Body(Section step) => step.Template("body", "a text (put JSON into triple quotes)");

    private static bool IsPath(string text) =>
        text.StartsWith('/')
        || text.StartsWith("{{", StringComparison.Ordinal)
        || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\{\{.*?\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Fields();
}
