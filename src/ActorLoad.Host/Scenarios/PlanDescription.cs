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
            $"load       closed, {Units.Text(load.Duration)}, at most {Count(load.PeakUsers, "user")}",
        };
        lines.AddRange(Stages(load));
        if (scenario.GracefulStop > TimeSpan.Zero)
        {
            lines.Add($"stop       tasks in hand get {Units.Text(scenario.GracefulStop)} to finish");
        }

        lines.Add("user types");
        var total = scenario.UserTypes.Sum(t => (double)t.Weight);
        foreach (var type in scenario.UserTypes)
        {
            lines.AddRange(UserType(type, type.Weight / total, load.PeakUsers));
        }

        lines.Add(scenario.Thresholds.Count == 0 ? "thresholds none" : "thresholds");
        lines.AddRange(scenario.Thresholds.Select(t => $"  {ThresholdLines.Describe(t)}"));
        return lines;
    }

    internal static string Count(int number, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");

    private static IEnumerable<string> Stages(LoadPlan load)
    {
        foreach (var stage in load.Stages.Where(s => s.Start < load.Duration))
        {
            var end = stage.End < load.Duration ? stage.End : load.Duration;
            var to = stage.Duration == TimeSpan.Zero
                ? stage.To
                : stage.From + ((stage.To - stage.From) * ((end - stage.Start) / stage.Duration));
            var (first, last) = ((int)Math.Round(stage.From), (int)Math.Round(to));
            var users = first == last ? Count(last, "user") : $"{first} -> {Count(last, "user")}";
            yield return $"  {Units.Text(stage.Start),8} - {Units.Text(end),-8} {users}";
        }
    }

    private static IEnumerable<string> UserType(UserType type, double share, int peak)
    {
        var users = Count((int)Math.Round(share * peak), "user");
        yield return $"  {type.Name}: weight {type.Weight}, {Percent(share)} (about {users} at the peak), think time {Range(type.Wait)}";
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

    internal static string Range(DurationRange range) =>
        range.Min == range.Max ? Units.Text(range.Min) : $"{Units.Text(range.Min)} to {Units.Text(range.Max)}";

    private static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + "%";
}
