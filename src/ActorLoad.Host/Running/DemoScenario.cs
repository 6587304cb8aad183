using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Running;

/// <summary>Makes one run of several scenarios, so that a demo has one summary.</summary>
internal static class DemoScenario
{
    private static readonly TimeSpan Ramp = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The user types of all parts side by side, each part with as many users as its own plan has at its peak, all there
    /// within five seconds (or a third of a short run), until the time is up.
    /// </summary>
    public static Scenario Combine(string name, Uri baseUrl, TimeSpan duration, int? users, IReadOnlyList<Scenario> parts)
    {
        var types = new List<UserType>();
        foreach (var part in parts)
        {
            // Shares are taken within a part first: each of its types gets its part of the part's peak.
            var others = parts.Where(p => p != part).Aggregate(1, (product, p) => product * p.UserTypes.Sum(t => t.Weight));
            types.AddRange(part.UserTypes.Select(t => t with { Weight = t.Weight * others * part.Load.PeakUsers }));
        }

        var total = users ?? parts.Sum(p => p.Load.PeakUsers);
        var ramp = TimeSpan.FromTicks(Math.Min(Ramp.Ticks, duration.Ticks / 3));
        return parts[0] with
        {
            Name = name,
            BaseUrl = baseUrl,
            Load = LoadPlan.Closed([(ramp, total), (duration - ramp, total)]),
            UserTypes = types,
            Thresholds = [.. parts.SelectMany(p => p.Thresholds).Distinct()],
        };
    }
}
