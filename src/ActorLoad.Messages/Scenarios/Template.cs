using System.Text;

namespace ActorLoad.Messages.Scenarios;

/// <summary>
/// Text with <c>{{…}}</c> fields, rendered per user: <c>user.id</c>, <c>user.type</c>, <c>env.NAME</c>, <c>now.ms</c>,
/// <c>uuid</c>, <c>feed.COLUMN</c>, <c>var.NAME</c>. A field keeps a secret out of <see cref="Source"/>; where HOCON itself put
/// a variable's value into the text (<c>${NAME}</c>), the template is marked and <see cref="ToString"/> masks it.
/// </summary>
public sealed class Template : IEquatable<Template>
{
    private readonly TemplatePart[] _parts;

    private Template(string source, TemplatePart[] parts, bool isSecret) =>
        (Source, _parts, IsSecret) = (source, parts, isSecret);

    /// <summary>The text with its fields; for rendering and for the wire, not for people.</summary>
    public string Source { get; }

    /// <summary>The source contains the value of an environment variable and must not be shown.</summary>
    public bool IsSecret { get; }

    /// <summary>The source is shown as it is: there are no fields in it.</summary>
    public bool IsLiteral => _parts.All(p => p.Kind == TemplatePartKind.Literal);

    /// <summary>The environment variables that this text needs.</summary>
    public IEnumerable<string> EnvironmentNames => Names(TemplatePartKind.Environment);

    /// <summary>What follows <c>feed.</c> in its fields.</summary>
    public IEnumerable<string> FeedFields => Names(TemplatePartKind.Feed);

    /// <summary>The variables of the user that this text needs.</summary>
    public IEnumerable<string> VariableNames => Names(TemplatePartKind.Variable);

    /// <summary>Renders the same whoever's template it is: it names nothing of a user.</summary>
    public bool IsOfNobody => _parts.All(p => p.Kind
        is TemplatePartKind.Literal or TemplatePartKind.Environment or TemplatePartKind.NowMs or TemplatePartKind.Uuid);

    public static Template Literal(string text, bool isSecret = false) =>
        new(text, [new TemplatePart(TemplatePartKind.Literal, text)], isSecret);

    /// <exception cref="FormatException">A field is not closed or not known; the message says which.</exception>
    public static Template Parse(string source, bool isSecret = false)
    {
        var parts = new List<TemplatePart>();
        var at = 0;
        while (at < source.Length)
        {
            var open = source.IndexOf("{{", at, StringComparison.Ordinal);
            if (open < 0)
            {
                break;
            }

            var close = source.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0)
            {
                throw new FormatException($"'{source}' opens {{{{ at position {open} and never closes it");
            }

            if (open > at)
            {
                parts.Add(new TemplatePart(TemplatePartKind.Literal, source[at..open]));
            }

            parts.Add(TemplatePart.Field(source[(open + 2)..close].Trim()));
            at = close + 2;
        }

        if (at < source.Length)
        {
            parts.Add(new TemplatePart(TemplatePartKind.Literal, source[at..]));
        }

        return new Template(source, [.. parts], isSecret);
    }

    /// <summary>
    /// The same text with the values of its environment variables in place of their fields, for a process that has another
    /// environment; secret when there were any. A variable that is not set is an empty text.
    /// </summary>
    /// <exception cref="FormatException">A value would be read as a field when the text is taken apart again; the message names the variable.</exception>
    public Template Bound(Func<string, string?> environment)
    {
        if (!EnvironmentNames.Any())
        {
            return this;
        }

        TemplatePart[] parts =
        [
            .. _parts.Select(p => p.Kind == TemplatePartKind.Environment
                ? new TemplatePart(TemplatePartKind.Literal, environment(p.Text) ?? "")
                : p),
        ];
        if (parts.All(p => p.Kind == TemplatePartKind.Literal))
        {
            return Literal(string.Concat(parts.Select(p => p.Text)), isSecret: true);
        }

        if (_parts.FirstOrDefault(p => p.Kind == TemplatePartKind.Environment && environment(p.Text)?.Contains('{', StringComparison.Ordinal) == true)
            is { Text: { } name })
        {
            throw new FormatException($"the value of the environment variable {name} has a '{{' in it, which cannot stand beside other fields");
        }

        return Parse(string.Concat(parts.Select(p => p.Source)), isSecret: true);
    }

    /// <exception cref="UnsetVariableException">The user has not extracted a variable of this text yet.</exception>
    public string Render(in TemplateContext context)
    {
        switch (_parts.Length)
        {
            case 0:
                return "";
            case 1:
                return _parts[0].Render(context);
        }

        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            text.Append(part.Render(context));
        }

        return text.ToString();
    }

    private IEnumerable<string> Names(TemplatePartKind kind) => _parts.Where(p => p.Kind == kind).Select(p => p.Text);

    public bool Equals(Template? other) => other is not null && other.Source == Source;

    public override bool Equals(object? obj) => Equals(obj as Template);

    public override int GetHashCode() => Source.GetHashCode(StringComparison.Ordinal);

    /// <summary>For people: the source, or <c>***</c> when it is secret.</summary>
    public override string ToString() => IsSecret ? "***" : Source;
}
