using ActorLoad.Host.Scenarios.Hocon;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>Checks that what the fields of a template name exists: columns of feeds, and variables that some step extracts.</summary>
internal static class TemplateFields
{
    public static void Check(Template template, HoconPosition at, string path, ReadContext context)
    {
        foreach (var field in template.FeedFields.Distinct())
        {
            if (ProblemWith(field, context.Feeds) is { } problem)
            {
                context.Add(at, path, problem);
            }
        }

        foreach (var variable in template.VariableNames.Distinct())
        {
            if (context.Variables is { } variables)
            {
                variables.Used(variable, at, path);
            }
            else
            {
                context.Add(at, path, $"{{{{var.{variable}}}}} is possible in steps only: what stands here also goes with the request that extracts it");
            }
        }
    }

    private static string? ProblemWith(string field, IReadOnlyList<Feed> feeds)
    {
        var found = FeedFields.Find(feeds, field);
        if (found.Count == 1 || feeds.Any(f => f.Columns.Count == 0))
        {
            // A feed that could not be read may have had the column; that mistake is told already.
            return null;
        }

        if (found.Count == 0)
        {
            return feeds.Count == 0
                ? $"{{{{feed.{field}}}}} needs a feed; the scenario has no feeds"
                : $"no feed has a column '{field}'{NearestName.Hint(field, [.. feeds.SelectMany(f => f.Columns).Distinct()])}";
        }

        var full = found.Select(f => $"{{{{feed.{f.Feed.Name}.{f.Feed.Columns[f.Column]}}}}}").Distinct().ToList();
        return $"more than one feed has a column '{field}'; write {string.Join(" or ", full)}";
    }
}
