using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Coordination.Runs;

/// <summary>
/// Whether a run that another process asks for can be worked with. Who submits has checked the scenario as a user wrote it; here it is
/// about numbers that no scenario has, and that would break whoever relies on them. Plain logic.
/// </summary>
internal static class OrderCheck
{
    private const int MostWeight = 1_000_000;
    private const double MostUsers = 1e9;

    // No scenario can ask for a longer one; timers take little more.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    // Of all stages together: moments stay within what can be told.
    private static readonly TimeSpan LongestPlan = TimeSpan.FromDays(3650);

    /// <returns>What is wrong with it, with the place; null = nothing.</returns>
    public static string? Problem(RunOrder order) => Problem(order.Scenario) is { } problem ? $"the scenario makes no sense: {problem}" : null;

    private static string? Problem(Scenario scenario) =>
        scenario.BaseUrl.Scheme is not ("http" or "https") ? $"base-url: '{scenario.BaseUrl.Scheme}' is neither http nor https"
        : LoadProblem(scenario.Load) ?? TypesProblem(scenario.UserTypes) ?? FeedsProblem(scenario.Feeds) ?? TimesProblem(scenario);

    private static string? LoadProblem(LoadPlan load) =>
        load.Stages.Count == 0 || !load.Stages.All(s => IsTime(s.Duration) && IsLevel(s.From) && IsLevel(s.To))
            ? "load: there is no stage, or one without a time or level that there can be"
        : !AreInOrder(load.Stages) ? "load: a stage does not begin where the one before it ends"
        : load.Cap < TimeSpan.Zero ? "load: it lasts less than no time"
        : load.MaxUsers < 0 ? "load: max-users is negative"
        : null;

    private static string? TypesProblem(IReadOnlyList<UserType> types) =>
        types.Count == 0 ? "users: there are none"
        : types.DistinctBy(t => t.Name).Count() < types.Count ? "users: two have the same name"
        : !AreWeights(types.Select(t => t.Weight)) ? "users: a weight is below 1, or they are too large"
        : types.FirstOrDefault(t => t.Tasks.Count == 0 || !AreWeights(t.Tasks.Select(k => k.Weight))) is { } type
            ? $"users.{type.Name}.tasks: there are none, or a weight is below 1, or they are too large"
        : types.FirstOrDefault(t => t.Iterations < 0 || !IsRange(t.Wait) || (t.Lifetime is { } l && !IsRange(l))) is { } odd
            ? $"users.{odd.Name}: wait, lifetime or iterations are negative, or too long"
        : null;

    private static string? FeedsProblem(IReadOnlyList<Feed> feeds) =>
        feeds.FirstOrDefault(f => f.Rows.Count == 0 || f.Rows.Any(r => r.Length != f.Columns.Count)) is { } feed
            ? $"feeds.{feed.Name}: it has no rows, or one with another number of columns"
            : null;

    private static string? TimesProblem(Scenario scenario) =>
        !IsTime(scenario.GracefulStop) ? "graceful-stop: no time that there is"
        : scenario.EventsAt.Any(e => !IsTime(e.At)) ? "events-at: no time that there is"
        : scenario.Cluster is var cluster && (cluster.MinWorkers < 1 || !IsTime(cluster.WorkerTimeout) || !IsTime(cluster.OrphanTimeout))
            ? "cluster: min-workers is below 1, or a timeout is none"
        : null;

    private static bool AreInOrder(IReadOnlyList<PlanStage> stages)
    {
        var end = TimeSpan.Zero;
        foreach (var stage in stages)
        {
            if (stage.Start != end || end > LongestPlan)
            {
                return false;
            }

            end = stage.End;
        }

        return true;
    }

    private static bool IsTime(TimeSpan time) => time >= TimeSpan.Zero && time <= Longest;

    private static bool IsRange(DurationRange range) => IsTime(range.Min) && IsTime(range.Max) && range.Min <= range.Max;

    private static bool IsLevel(double level) => double.IsFinite(level) && level is >= 0 and <= MostUsers;

    private static bool AreWeights(IEnumerable<int> weights) => weights.All(w => w >= 1) && weights.Sum(w => (long)w) <= MostWeight;
}
