using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>Reads <c>scenario.events-at</c>: what happens to many users at once.</summary>
internal static class EventsReader
{
    private const string EventList = "a list of events such as [ { at = 60s, drop { fraction = 1.0 } } ]";
    private const string DropObject = "an object such as drop { fraction = 1.0, over = 0s, hold = 0s }";

    /// <param name="load">Null when the plan is wrong: then moments are not compared with it.</param>
    /// <param name="types">User types and streams that an event may name.</param>
    public static IReadOnlyList<TimedEvent> Read(Section scenario, LoadPlan? load, IReadOnlyList<UserType> types)
    {
        var events = new List<TimedEvent>();
        foreach (var (path, node) in scenario.List("events-at", EventList).ToList())
        {
            if (scenario.ReadObject(node, path, "an event such as { at = 60s, drop { fraction = 1.0 } }") is { } section)
            {
                var at = section.Required("at", ValueKinds.Duration);
                if (at is { } moment && load is not null && moment >= load.Duration)
                {
                    section.Mistake("at", $"the plan is over after {Units.Text(load.Duration)}; expected a moment before");
                }

                var drop = section.TakeRequired("drop", DropObject) is null ? null : section.Object("drop", DropObject);
                events.Add(new TimedEvent(at ?? default, drop is null ? new StormDrop() : Drop(drop, types)));
                section.Close();
            }
        }

        return events;
    }

    private static StormDrop Drop(Section section, IReadOnlyList<UserType> types)
    {
        var defaults = new StormDrop();
        var drop = new StormDrop
        {
            Fraction = section.Value("fraction", ValueKinds.PositiveFraction, defaults.Fraction),
            Over = section.Value("over", ValueKinds.Duration, defaults.Over),
            Hold = section.Value("hold", ValueKinds.Duration, defaults.Hold),
            UserType = section.Has("user-type") ? section.Text("user-type", "", "the name of a user type") : null,
            Stream = section.Has("stream") ? section.Text("stream", "", "the name of a stream") : null,
        };
        section.Close();
        var meant = types;
        if (drop.UserType is { } name)
        {
            meant = [.. types.Where(t => t.Name == name)];
            if (meant.Count == 0)
            {
                section.Mistake("user-type", $"there is no user type '{name}'{NearestName.Hint(name, [.. types.Select(t => t.Name)])}");
                return drop;
            }
        }

        var streams = meant.SelectMany(AllSteps.Of).OfType<SubscribeStep>().Select(s => s.Stream).Distinct().ToList();
        if (drop.Stream is { } stream && !streams.Contains(stream))
        {
            var who = drop.UserType is null ? "no user type" : $"user type '{drop.UserType}' never";
            section.Mistake("stream", $"{who} subscribes to a stream '{stream}'{NearestName.Hint(stream, streams)}");
        }

        return drop;
    }
}
