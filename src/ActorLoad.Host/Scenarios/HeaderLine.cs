using ActorLoad.Host.Scenarios.Reading;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios;

/// <summary>A header as given on the command line: <c>Name: value</c>.</summary>
public static class HeaderLine
{
    /// <summary>The value may have <c>{{…}}</c> fields; as it often is a token out of the shell's environment, it is secret.</summary>
    /// <exception cref="FormatException">Not a header; the message says what was expected and does not show the value.</exception>
    public static HeaderTemplate Parse(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? "" : line[..colon].Trim();
        var value = line[(colon + 1)..].Trim();
        if (!NameRules.IsToken(name) || value.AsSpan().ContainsAny('\r', '\n'))
        {
            throw new FormatException("expected a header such as 'Name: value', on one line");
        }

        try
        {
            var template = Template.Parse(value, isSecret: true);
            return template.FeedFields.Concat(template.VariableNames).Any()
                ? throw new FormatException("feeds and variables need a scenario")
                : new HeaderTemplate(name, template);
        }
        catch (FormatException)
        {
            throw new FormatException($"the value of the header {name} has a {{{{ field that is not closed or not known");
        }
    }
}
