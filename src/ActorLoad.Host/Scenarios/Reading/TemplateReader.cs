using ActorLoad.Host.Scenarios.Hocon;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>Reads texts with fields and checks that the environment has what they need.</summary>
internal static class TemplateReader
{
    public static Template? Read(HoconScalar scalar, string path, ReadContext context)
    {
        Template template;
        try
        {
            template = Template.Parse(scalar.Text, scalar.Secret);
        }
        catch (FormatException e)
        {
            context.Add(scalar.At, path, Problem(scalar, e));
            return null;
        }

        foreach (var name in template.EnvironmentNames.Distinct())
        {
            if (context.Variable(name) is null)
            {
                context.Add(scalar.At, path, $"the environment variable {name} is not set");
            }
        }

        TemplateFields.Check(template, scalar.At, path, context);
        return template;
    }

    /// <summary>Whether rendering can give line breaks: written so, or from an environment variable.</summary>
    public static bool HasLineBreak(Template template, ReadContext context) =>
        template.Source.AsSpan().ContainsAny('\r', '\n')
        || template.EnvironmentNames.Any(n => context.Variable(n)?.AsSpan().ContainsAny('\r', '\n') == true);

    private static string Problem(HoconScalar scalar, FormatException e) => scalar switch
    {
        { Secret: true } => "the value from the environment has a {{ field that is not closed or not known",
        _ => e.Message,
    };
}
