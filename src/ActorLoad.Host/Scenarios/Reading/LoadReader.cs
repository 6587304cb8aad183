using ActorLoad.Host.Scenarios.Hocon;
using ActorLoad.Messages.Plan;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>Reads <c>scenario.load</c> and compiles its stages.</summary>
internal static class LoadReader
{
    public const int MaxUsers = 10_000_000;
    public const int DefaultMaxUsers = 10_000;
    public const int MaxRate = 100_000;

    private const string ClosedStages = "a list of stages such as [ { duration = 10s, users = 100 } ]";
    private const string OpenStages = "a list of stages such as [ { duration = 1m, rate = 50 } ]";

    private static readonly ValueKind<int> Users = ValueKinds.Whole(0, MaxUsers);

    private static readonly ValueKind<double> Rate = new(
        $"a number of new users per second from 0 to {MaxRate}",
        text => ValueKinds.ParseNumber(text) is { } n && n is >= 0 and <= MaxRate ? n : null);

    public static LoadPlan? Read(Section scenario)
    {
        if (scenario.TakeRequired("load", $"an object with stages, {ClosedStages}") is null || scenario.Object("load") is not { } load)
        {
            return null;
        }

        var model = load.Value("model", ValueKinds.OneOf<LoadModel>(), LoadModel.Closed);
        var before = load.Context.Mistakes.Count;
        var plan = model == LoadModel.Open ? ReadOpen(load) : ReadClosed(load);
        load.Close();
        return load.Context.Mistakes.Count == before ? plan : null;
    }

    private static LoadPlan ReadClosed(Section load)
    {
        var before = load.Context.Mistakes.Count;
        foreach (var key in new[] { "max-users", "start-rate" }.Where(k => load.Take(k) is not null))
        {
            load.Mistake(key, $"{key} belongs to the open model: load {{ model = open }}");
        }

        var stages = Stages(load, ClosedStages, "users", Users, "rate", "a rate belongs to the open model (load { model = open }); expected users");
        if (load.Context.Mistakes.Count == before)
        {
            Check(load, stages, "users", "user");
        }

        return LoadPlan.Closed(stages.Select(s => (s.Duration, s.Level)));
    }

    private static LoadPlan ReadOpen(Section load)
    {
        var before = load.Context.Mistakes.Count;
        var maxUsers = load.Value("max-users", ValueKinds.Whole(1, MaxUsers), DefaultMaxUsers);
        double? startRate = load.Has("start-rate") ? load.Value("start-rate", Rate, 0) : null;
        var stages = Stages(load, OpenStages, "rate", Rate, "users", "users belong to the closed model; expected a rate, new users per second");
        var plan = LoadPlan.Open(stages.Select(s => (s.Duration, s.Level)), startRate, maxUsers);
        if (load.Context.Mistakes.Count > before)
        {
            return plan;
        }

        Check(load, startRate > 0 ? [.. stages.Select(s => s with { Level = Math.Max(s.Level, 1) })] : stages, "rate", "new user");
        if (load.Context.Mistakes.Count == before && plan.Arrivals == 0)
        {
            load.Mistake("stages", "the plan is over before its first user arrives; expected a higher rate or longer stages");
        }

        return plan;
    }

    private static List<Stage<T>> Stages<T>(
        Section load, string expected, string levelKey, ValueKind<T> level, string wrongKey, string wrong) where T : struct
    {
        var stages = new List<Stage<T>>();
        var nodes = load.TakeRequired("stages", expected) is null ? [] : load.List("stages", expected).ToList();
        foreach (var (path, node) in nodes)
        {
            if (load.ReadObject(node, path, $"a stage such as {{ duration = 10s, {levelKey} = 100 }}") is not { } stage)
            {
                continue;
            }

            var duration = stage.Required("duration", ValueKinds.Duration) ?? default;
            if (stage.Take(wrongKey) is not null)
            {
                stage.Mistake(wrongKey, wrong);
                stage.Take(levelKey);
            }
            else
            {
                stages.Add(new Stage<T>(path, node, duration, stage.Required(levelKey, level) ?? default));
            }

            stage.Close();
        }

        return stages;
    }

    private static void Check<T>(Section load, List<Stage<T>> stages, string levelKey, string noun) where T : struct
    {
        if (stages.Count == 0)
        {
            load.Mistake("stages", $"the plan has no stages; expected at least one {{ duration, {levelKey} }}");
        }
        else if (stages.All(s => s.Level.Equals(default(T))))
        {
            load.Mistake("stages", $"the plan never has a {noun}; at least one stage needs {levelKey} above 0");
        }
        else if (stages.All(s => s.Duration == TimeSpan.Zero))
        {
            load.Mistake("stages", "the plan has no length; at least one stage needs a duration above zero");
        }
        else if (stages[^1].Duration == TimeSpan.Zero)
        {
            load.Context.Add(stages[^1].Node.At, stages[^1].Path, "the last stage has no length: the run is over before its users start");
        }
    }

    private sealed record Stage<T>(string Path, HoconNode Node, TimeSpan Duration, T Level) where T : struct;
}
