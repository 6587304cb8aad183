using ActorLoad.Host.Scenarios.Hocon;
using ActorLoad.Host.Scenarios.Reading;
using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios;

/// <summary>Reads, resolves and checks scenario files. Never throws for what a user wrote: every mistake is in the result.</summary>
public static class ScenarioLoader
{
    public static ScenarioResult Load(string path, ScenarioOverrides overrides) =>
        Load(path, overrides, Environment.GetEnvironmentVariable);

    internal static ScenarioResult Load(string path, ScenarioOverrides overrides, Func<string, string?> environment)
    {
        var context = new ReadContext(environment);
        Scenario? scenario = null;
        try
        {
            scenario = Read(path, overrides, context);
        }
        catch (HoconException e)
        {
            context.Add(e.At, "", e.Message);
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            context.Add(new HoconPosition(path, 0), "", $"the file cannot be read: {e.Message}");
        }

        if (scenario is not null && context.Mistakes.Count == 0)
        {
            scenario = Overridden(scenario, overrides, context);
        }

        return scenario is not null && context.Mistakes.Count == 0
            ? new ScenarioResult(scenario, ScenarioText.Write(scenario, context.Secrets))
            {
                HasSecretBaseUrl = context.Secrets.Contains(scenario.BaseUrl),
            }
            : new ScenarioResult([.. context.Mistakes.Distinct().OrderBy(m => m.File == path ? 0 : 1).ThenBy(m => m.Line)]);
    }

    private static Scenario? Read(string path, ScenarioOverrides overrides, ReadContext context)
    {
        var raw = SourceFiles.Read(path);
        var resolver = new HoconResolver(raw, context.Variable, (at, at2, problem) => context.Add(at, string.Join('.', at2), problem));
        var root = resolver.Resolve(new HoconPosition(path, 1));
        foreach (var key in root.Keys.Where(k => k != "scenario" && !resolver.UsedRoots.Contains(k) && root[k]!.At.File == path))
        {
            var near = NearestName.Find(key, ["scenario"]) is null ? "" : "; did you mean 'scenario'?";
            context.Add(
                root[key]!.At,
                key,
                $"unknown key '{key}'{near}; beside 'scenario' only values that a ${{...}} refers to may stand here");
        }

        if (root["scenario"] is not HoconObject scenario)
        {
            context.Add(root["scenario"]?.At ?? root.At, "scenario", "expected an object scenario { ... }");
            return null;
        }

        if (overrides.BaseUrl is { } baseUrl)
        {
            scenario = scenario.MergedWith(new HoconObject(scenario.At));
            scenario.Set("base-url", new HoconScalar(new HoconPosition("--base-url", 0), baseUrl, false));
        }

        scenario = overrides.Set.Aggregate(scenario, (s, option) => SetOption.Apply(s, option, context));
        return ScenarioReader.Read(new Section(scenario, "scenario", context));
    }

    /// <summary>Scales first, then caps: how long a run lasts does not change its shape.</summary>
    private static Scenario Overridden(Scenario scenario, ScenarioOverrides overrides, ReadContext context)
    {
        var load = scenario.Load;
        if (overrides.Users is { } users)
        {
            if (users is < 1 or > LoadReader.MaxUsers)
            {
                context.Add(new HoconPosition("--users", 0), "", $"expected a number from 1 to {LoadReader.MaxUsers}, found {users}");
                return scenario;
            }

            if (load.Model == LoadModel.Open)
            {
                context.Add(
                    new HoconPosition("--users", 0),
                    "",
                    "belongs to the closed model; an open plan is changed by --set load.stages[n].rate=… and --set load.max-users=…");
                return scenario;
            }

            load = load.ScaledTo(users);
        }

        if (overrides.Duration is { } duration)
        {
            var at = new HoconPosition("--duration", 0);
            if (duration <= TimeSpan.Zero)
            {
                context.Add(at, "", "expected a duration above zero");
                return scenario;
            }

            load = load with { Cap = duration };
            if (load.PeakUsers == 0)
            {
                context.Add(at, "", $"the plan has no user yet within its first {Units.Text(duration)}");
            }
        }

        // What lies beyond the cap never happens, as the stages there.
        return scenario with { Load = load, EventsAt = [.. scenario.EventsAt.Where(e => e.At < load.Duration)] };
    }
}
