using System.Globalization;
using ActorLoad.Host.Scenarios.Reading;
using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios;

/// <summary>What <c>validate</c> prints: the compiled plan for a person to check. Header values and bodies are left out.</summary>
public static class PlanDescription
{
    /// <param name="hideBaseUrl">It came from the environment.</param>
    public static IReadOnlyList<string> Describe(Scenario scenario, bool hideBaseUrl = false)
    {
        var load = scenario.Load;
        var lines = new List<string>
        {
            $"scenario   {scenario.Name}",
            $"base url   {(hideBaseUrl ? "***" : ScenarioText.WithoutPassword(scenario.BaseUrl))}",
            load.Model == LoadModel.Open
                ? $"load       open, {Units.Text(load.Duration)}, {Arrivals(load.Arrivals)}, at most {Count(load.MaxUsers, "user")} at a time"
                : $"load       closed, {Units.Text(load.Duration)}, at most {Count(load.PeakUsers, "user")}",
        };
        lines.AddRange(Stages(load));
        if (HttpDescription.Describe(scenario.Http) is { Length: > 0 } http)
        {
            lines.Add($"http       {http}");
        }

        if (scenario.GracefulStop > TimeSpan.Zero)
        {
            lines.Add($"stop       tasks in hand get {Units.Text(scenario.GracefulStop)} to finish");
        }

        lines.AddRange(scenario.Feeds.Select(Feed));
        lines.AddRange(EventsText.Describe(scenario.EventsAt));
        if (scenario.Clock.UseTarget)
        {
            lines.Add($"clock      the target's, {(scenario.Clock.Field.Length == 0 ? "by the Date header" : "by what it answers")}, "
                + Count(scenario.Clock.Probes, "probe"));
        }

        if (ClusterText.Describe(scenario.Cluster) is { } cluster)
        {
            lines.Add($"cluster    {cluster}");
        }

        lines.Add("user types");
        var total = scenario.UserTypes.Sum(t => (double)t.Weight);
        foreach (var type in scenario.UserTypes)
        {
            lines.AddRange(UserType(type, type.Weight / total, load));
        }

        lines.Add(scenario.Thresholds.Count == 0 ? "thresholds none" : "thresholds");
        lines.AddRange(scenario.Thresholds.Select(t => $"  {ThresholdLines.Describe(t)}"));
        return lines;
    }

    internal static string Count(int number, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");

    private static string Feed(Feed feed) =>
        $"feed       {feed.Name}: {Count(feed.Rows.Count, "row")} of {string.Join(", ", feed.Columns)}"
        + (feed.Order == FeedOrder.Random ? $", shuffled with seed {feed.Seed}" : "")
        + (feed.AtEnd == FeedEnd.Wrap ? ", from the first again at the end" : ", users beyond the rows do not start");

    private static string Arrivals(long count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} arrival{(count == 1 ? "" : "s")}");

    private static IEnumerable<string> Stages(LoadPlan load)
    {
        foreach (var stage in load.Stages.Where(s => s.Start < load.Duration))
        {
            var end = stage.End < load.Duration ? stage.End : load.Duration;
            var to = stage.Duration == TimeSpan.Zero
                ? stage.To
                : stage.From + ((stage.To - stage.From) * ((end - stage.Start) / stage.Duration));
            yield return $"  {Units.Text(stage.Start),8} - {Units.Text(end),-8} {(load.Model == LoadModel.Open ? Rates(stage.From, to) : Users(stage.From, to))}";
        }
    }

    private static string Users(double from, double to)
    {
        var (first, last) = ((int)Math.Round(from), (int)Math.Round(to));
        return first == last ? Count(last, "user") : $"{first} -> {Count(last, "user")}";
    }

    private static string Rates(double from, double to)
    {
        var (first, last) = (from.ToString("0.###", CultureInfo.InvariantCulture), to.ToString("0.###", CultureInfo.InvariantCulture));
        return (first == last ? last : $"{first} -> {last}") + " users/s";
    }

    private static IEnumerable<string> UserType(UserType type, double share, LoadPlan load)
    {
        var users = load.Model == LoadModel.Open
            ? $"about {Arrivals((long)Math.Round(share * load.Arrivals))}"
            : $"about {Count((int)Math.Round(share * load.PeakUsers), "user")} at the peak";
        yield return $"  {type.Name}: weight {type.Weight}, {Percent(share)} ({users}), think time {Range(type.Wait)}{Leaving(type)}";
        foreach (var (name, steps) in new[] { ("on-start", type.OnStart), ("on-stop", type.OnStop) })
        {
            if (steps.Count > 0)
            {
                yield return $"    {name}";
                foreach (var line in StepDescription.Describe(steps, "      "))
                {
                    yield return line;
                }
            }
        }

        var total = type.Tasks.Sum(t => (double)t.Weight);
        foreach (var task in type.Tasks)
        {
            yield return $"    task {task.Name}: weight {task.Weight}, {Percent(task.Weight / total)}";
            foreach (var line in StepDescription.Describe(task.Steps, "      "))
            {
                yield return line;
            }
        }
    }

    private static string Leaving(UserType type)
    {
        var when = (type.Iterations, type.Lifetime) switch
        {
            (0, null) => "",
            (var n, null) => $", leaves after {Count(n, "task")}",
            (0, { } lifetime) => $", leaves after {Range(lifetime)}",
            (var n, { } lifetime) => $", leaves after {Count(n, "task")} or {Range(lifetime)}",
        };
        return when + (type.OnLeave == LeaveMode.Abandon ? ", abandons its streams" : "");
    }

    internal static string Range(DurationRange range) =>
        range.Min == range.Max ? Units.Text(range.Min) : $"{Units.Text(range.Min)} to {Units.Text(range.Max)}";

    internal static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + "%";
}
