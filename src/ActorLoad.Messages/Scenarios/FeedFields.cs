namespace ActorLoad.Messages.Scenarios;

/// <summary>What the templates of one user type show of the scenario's feeds; shared by all its users.</summary>
public sealed class FeedFields
{
    private readonly Dictionary<string, (Feed Feed, int Column)> _fields = new(StringComparer.Ordinal);

    /// <exception cref="InvalidDataException">A field names no column, or more than one.</exception>
    public FeedFields(Scenario scenario, UserType type)
    {
        var templates = UserTemplates.Of(type).Concat(scenario.Http.Headers.Select(h => h.Value));
        foreach (var field in templates.SelectMany(t => t.FeedFields).Distinct())
        {
            var found = Find(scenario.Feeds, field);
            _fields.Add(field, found.Count == 1
                ? found[0]
                : throw new InvalidDataException($"'{{{{feed.{field}}}}}' names {found.Count} columns of the feeds"));
        }
    }

    /// <summary>
    /// The columns that a field may mean: <c>column</c> of any feed, or <c>feed.column</c>. Names may contain dots, so a
    /// field is never cut at one.
    /// </summary>
    public static IReadOnlyList<(Feed Feed, int Column)> Find(IReadOnlyList<Feed> feeds, string field)
    {
        var found = new List<(Feed, int)>();
        foreach (var feed in feeds)
        {
            for (var column = 0; column < feed.Columns.Count; column++)
            {
                var name = feed.Columns[column];
                if (field == name || field == $"{feed.Name}.{name}")
                {
                    found.Add((feed, column));
                }
            }
        }

        return found;
    }

    /// <returns>The name of a feed that has no row for this user; null when the user can start.</returns>
    public string? ExhaustedFor(long userId)
    {
        foreach (var (feed, _) in _fields.Values)
        {
            if (feed.RowOf(userId) < 0)
            {
                return feed.Name;
            }
        }

        return null;
    }

    /// <param name="field">What follows <c>feed.</c> in the template.</param>
    public string Value(string field, long userId)
    {
        var (feed, column) = _fields[field];
        return feed.Rows[feed.RowOf(userId)][column];
    }
}
