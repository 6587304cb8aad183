using ActorLoad.Host.Scenarios.Hocon;
using ActorLoad.Messages.Plan;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>Reads <c>scenario.load</c> and compiles its stages.</summary>
internal static class LoadReader
{
    public const int MaxUsers = 10_000_000;

    private const string StageList = "a list of stages such as [ { duration = 10s, users = 100 } ]";

    public static LoadPlan? Read(Section scenario)
    {
        if (scenario.TakeRequired("load", $"an object with stages, {StageList}") is null || scenario.Object("load") is not { } load)
        {
            return null;
        }

        if (!IsClosed(load))
        {
            return null;
        }

        var before = load.Context.Mistakes.Count;
        var nodes = load.TakeRequired("stages", StageList) is null ? [] : load.List("stages", StageList).ToList();
        var stages = new List<(TimeSpan Duration, int Users)>();
        foreach (var (path, node) in nodes)
        {
            if (load.ReadObject(node, path, "a stage such as { duration = 10s, users = 100 }") is { } stage)
            {
                stages.Add(Stage(stage));
            }
        }

        load.Close();
        if (load.Context.Mistakes.Count > before || !load.Has("stages") || load.Take("stages") is null)
        {
            return null;
        }

        Check(load, stages, nodes);
        return LoadPlan.Closed(stages);
    }

    private static bool IsClosed(Section load)
    {
        switch (load.Text("model", "closed", "closed").Trim())
        {
            case "closed":
                return true;
            case "open":
                load.Mistake("model", "the open model is not supported yet; expected closed");
                return false;
            default:
                load.Unexpected(load.Take("model")!, load.PathOf("model"), "closed");
                return true;
        }
    }

    private static (TimeSpan, int) Stage(Section stage)
    {
        if (stage.Take("rate") is not null)
        {
            stage.Mistake("rate", "a rate belongs to the open model, which is not supported yet; expected users");
            stage.Take("users");
            stage.Value("duration", ValueKinds.Duration, default);
            stage.Close();
            return default;
        }

        var result = (
            stage.Required("duration", ValueKinds.Duration) ?? default,
            stage.Required("users", ValueKinds.Whole(0, MaxUsers)) ?? 0);
        stage.Close();
        return result;
    }

    private static void Check(
        Section load,
        List<(TimeSpan Duration, int Users)> stages,
        List<(string Path, HoconNode Node)> nodes)
    {
        if (stages.Count == 0)
        {
            load.Mistake("stages", "the plan has no stages; expected at least one { duration, users }");
        }
        else if (stages.All(s => s.Users == 0))
        {
            load.Mistake("stages", "the plan never has a user; at least one stage needs users above 0");
        }
        else if (stages.All(s => s.Duration == TimeSpan.Zero))
        {
            load.Mistake("stages", "the plan has no length; at least one stage needs a duration above zero");
        }
        else if (stages[^1].Duration == TimeSpan.Zero)
        {
            load.Context.Add(nodes[^1].Node.At, nodes[^1].Path, "the last stage has no length: the run is over before its users start");
        }
    }
}
