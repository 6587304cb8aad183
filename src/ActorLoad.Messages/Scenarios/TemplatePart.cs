using System.Globalization;

namespace ActorLoad.Messages.Scenarios;

/// <summary>A piece of a template: literal text or a field; for a field with a name of its own the text is that name.</summary>
internal readonly record struct TemplatePart(TemplatePartKind Kind, string Text)
{
    /// <exception cref="FormatException">No such field.</exception>
    public static TemplatePart Field(string name) => name switch
    {
        "user.id" => new TemplatePart(TemplatePartKind.UserId, name),
        "user.type" => new TemplatePart(TemplatePartKind.UserType, name),
        "now.ms" => new TemplatePart(TemplatePartKind.NowMs, name),
        "uuid" => new TemplatePart(TemplatePartKind.Uuid, name),
        _ when name.StartsWith("env.", StringComparison.Ordinal) && name.Length > 4 =>
            new TemplatePart(TemplatePartKind.Environment, name[4..]),
        _ when name.StartsWith("feed.", StringComparison.Ordinal) && name.Length > 5 =>
            new TemplatePart(TemplatePartKind.Feed, name[5..]),
        _ when name.StartsWith("var.", StringComparison.Ordinal) && name.Length > 4 =>
            new TemplatePart(TemplatePartKind.Variable, name[4..]),
        _ => throw new FormatException(
            $"unknown template field '{{{{{name}}}}}'; known are user.id, user.type, env.NAME, feed.COLUMN, var.NAME, now.ms, uuid"),
    };

    /// <summary>As it is written in a template.</summary>
    public string Source => Kind switch
    {
        TemplatePartKind.Literal => Text,
        TemplatePartKind.Environment => $"{{{{env.{Text}}}}}",
        TemplatePartKind.Feed => $"{{{{feed.{Text}}}}}",
        TemplatePartKind.Variable => $"{{{{var.{Text}}}}}",
        _ => $"{{{{{Text}}}}}",
    };

    /// <exception cref="UnsetVariableException">The user has no such variable yet.</exception>
    public string Render(in TemplateContext context) => Kind switch
    {
        TemplatePartKind.Literal => Text,
        TemplatePartKind.UserId => context.UserId.ToString(CultureInfo.InvariantCulture),
        TemplatePartKind.UserType => context.UserType,
        TemplatePartKind.Environment => Environment.GetEnvironmentVariable(Text) ?? "",
        TemplatePartKind.NowMs => context.Time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        TemplatePartKind.Uuid => Guid.NewGuid().ToString(),
        TemplatePartKind.Feed => context.Feeds?.Value(Text, context.UserId)
            ?? throw new InvalidOperationException("a template with a feed field is rendered without feeds"),
        TemplatePartKind.Variable => context.Variables?.GetValueOrDefault(Text) ?? throw new UnsetVariableException(Text),
        _ => throw new InvalidOperationException($"template part {Kind} has no rendering"),
    };
}
