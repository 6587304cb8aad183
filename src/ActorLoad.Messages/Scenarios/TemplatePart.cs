using System.Globalization;

namespace ActorLoad.Messages.Scenarios;

/// <summary>A piece of a template: literal text or a field; for an environment field the text is the variable's name.</summary>
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
        _ => throw new FormatException(
            $"unknown template field '{{{{{name}}}}}'; known are user.id, user.type, env.NAME, now.ms, uuid"),
    };

    public string Render(in TemplateContext context) => Kind switch
    {
        TemplatePartKind.Literal => Text,
        TemplatePartKind.UserId => context.UserId.ToString(CultureInfo.InvariantCulture),
        TemplatePartKind.UserType => context.UserType,
        TemplatePartKind.Environment => Environment.GetEnvironmentVariable(Text) ?? "",
        TemplatePartKind.NowMs => context.Time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        TemplatePartKind.Uuid => Guid.NewGuid().ToString(),
        _ => throw new InvalidOperationException($"template part {Kind} has no rendering"),
    };
}
