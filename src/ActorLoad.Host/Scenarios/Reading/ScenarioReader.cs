using ActorLoad.Host.Scenarios.Hocon;
using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>Reads the <c>scenario</c> object into the model that the engine runs.</summary>
internal static class ScenarioReader
{
    private const string UserTypeObject = "an object of user types such as { reader { tasks { ... } } }";
    private const string BaseUrl = "an absolute http or https URL without query and fragment";

    /// <returns>A scenario that counts only when the context has no mistakes.</returns>
    public static Scenario? Read(Section section)
    {
        var name = Name(section);
        var baseUrl = ReadBaseUrl(section);
        var settings = StreamSettingsReader.Read(section, new StreamSettings());
        section.Context.Feeds = FeedReader.Read(section);
        var http = HttpReader.Read(section, baseUrl);
        var load = LoadReader.Read(section);
        var types = UserTypes(section, settings);
        if (load is { Model: LoadModel.Open })
        {
            // Whoever arrives has come for something: without a word about when it leaves, for one task.
            types = [.. types.Select(t => t.LeavesByItself ? t : t with { Iterations = 1 })];
        }

        var scenario = new Scenario
        {
            Name = name ?? "",
            BaseUrl = baseUrl ?? new Uri("http://unknown/"),
            Feeds = section.Context.Feeds,
            Http = http,
            Load = load ?? LoadPlan.Closed([]),
            UserTypes = types,
            Clock = ClockReader.Read(section),
            Cluster = ClusterReader.Read(section),
            EventsAt = EventsReader.Read(section, load, types),
            Thresholds = ThresholdsReader.Read(section, types),
            GracefulStop = section.Value("graceful-stop", ValueKinds.Duration, TimeSpan.Zero),
        };
        section.Close();
        return scenario;
    }

    private static string? Name(Section section)
    {
        var name = section.RequiredText("name", "a name for the scenario");
        if (name is not null && !NameRules.IsName(name))
        {
            section.Unexpected(section.Take("name")!, section.PathOf("name"), NameRules.Name);
        }

        return name;
    }

    private static Uri? ReadBaseUrl(Section section)
    {
        if (section.RequiredText("base-url", BaseUrl) is not { } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
            || url.Host.Length == 0
            || url.Query.Length > 0
            || url.Fragment.Length > 0)
        {
            section.Unexpected(section.Take("base-url")!, section.PathOf("base-url"), BaseUrl);
            return null;
        }

        if (section.Context.Secrets.Contains(text))
        {
            section.Context.Secrets.Add(url);
        }

        return url;
    }

    private static List<UserType> UserTypes(Section section, StreamSettings settings)
    {
        var types = new List<UserType>();
        if (section.TakeRequired("users", UserTypeObject) is null || section.Object("users", UserTypeObject) is not { } users)
        {
            return types;
        }

        if (users.Keys.Count == 0)
        {
            section.Mistake("users", "expected at least one user type");
        }

        var subscriptions = new List<(StreamSettings Settings, Section Section)>();
        foreach (var name in users.Keys)
        {
            if (!NameRules.IsName(name))
            {
                users.Mistake(name, $"the name of a user type has to be {NameRules.Name}");
            }

            if (users.Object(name, "a user type such as { tasks { ... } }") is { } type)
            {
                types.Add(UserTypeReader.Read(type, name, settings, subscriptions));
            }
        }

        // The client has one header limit for all its connections.
        foreach (var (own, at) in subscriptions.Where(s => s.Settings.Limits.MaxHeaders != subscriptions[0].Settings.Limits.MaxHeaders))
        {
            at.Context.Add(at.At, at.Path, $"max-headers has to be the same for all streams; here it is {Units.Text(own.Limits.MaxHeaders)}, "
                + $"in {subscriptions[0].Section.Path} {Units.Text(subscriptions[0].Settings.Limits.MaxHeaders)}");
        }

        return types;
    }
}
