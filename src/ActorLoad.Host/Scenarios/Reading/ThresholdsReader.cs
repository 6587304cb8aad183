using ActorLoad.Host.Scenarios.Hocon;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>
/// Reads <c>scenario.thresholds</c>: metrics at the top, in <c>tasks.NAME</c>, in <c>users.TYPE</c> and in
/// <c>users.TYPE.tasks.NAME</c>, each with a threshold or a list of them, each of which is a text or an object.
/// </summary>
internal sealed class ThresholdsReader
{
    private const string Tasks = "tasks";
    private const string Users = "users";
    private const string Expected = "a threshold or a list of them, such as [ \"p99 < 250ms\" ]";

    private readonly IReadOnlyList<UserType> _types;
    private readonly List<Threshold> _thresholds = [];

    private ThresholdsReader(IReadOnlyList<UserType> types) => _types = types;

    /// <param name="types">The user types of the scenario, as far as they could be read.</param>
    public static List<Threshold> Read(Section section, IReadOnlyList<UserType> types)
    {
        var reader = new ThresholdsReader(types);
        if (section.Object("thresholds") is { } metrics)
        {
            reader.Scope(metrics, null, null);
        }

        return reader._thresholds;
    }

    private void Scope(Section section, string? type, string? task)
    {
        foreach (var key in section.Keys)
        {
            if (key == Users && type is null && task is null)
            {
                Names(section, key, "user type", [.. _types.Select(t => t.Name)], (inner, name) => Scope(inner, name, null));
            }
            else if (key == Tasks && task is null)
            {
                var tasks = _types.Where(t => type is null || t.Name == type).SelectMany(t => t.Tasks.Select(d => d.Name)).Distinct();
                Names(section, key, "task", [.. tasks], (inner, name) => Scope(inner, type, name));
            }
            else if (ThresholdParser.ProblemWith(key, type, task) is { } problem)
            {
                section.Mistake(key, problem);
            }
            else if (Unmeasured.Problem(key, [.. _types.Where(t => type is null || t.Name == type)]) is { } lacking)
            {
                section.Mistake(key, lacking);
            }
            else
            {
                Metric(section, key, type, task);
            }
        }
    }

    /// <param name="known">None means that the scenario's users could not be read, which is told already.</param>
    private static void Names(Section section, string key, string what, string[] known, Action<Section, string> read)
    {
        if (section.Object(key, $"an object of scopes such as {{ NAME {{ task_time = [ \"p99 < 1s\" ] }} }}") is not { } names)
        {
            return;
        }

        foreach (var name in names.Keys)
        {
            if (known.Length > 0 && !known.Contains(name))
            {
                names.Mistake(name, $"there is no {what} '{name}'{NearestName.Hint(name, known)}");
            }
            else if (names.Object(name, "an object of metrics such as { task_time = [ \"p99 < 1s\" ] }") is { } inner)
            {
                read(inner, name);
            }
        }
    }

    private void Metric(Section section, string metric, string? type, string? task)
    {
        var items = section.Take(metric) is HoconScalar or HoconObject
            ? [(section.PathOf(metric), section.Take(metric)!)]
            : section.List(metric, Expected).ToList();
        foreach (var (path, node) in items)
        {
            var threshold = node is HoconObject ? Object(section, path, node, metric) : Text(section, path, node, metric);
            if (threshold is not null)
            {
                _thresholds.Add(threshold with { UserType = type, Task = task });
            }
        }
    }

    private static Threshold? Text(Section section, string path, HoconNode node, string metric)
    {
        if (section.ReadText(node, path, Expected) is not { } text)
        {
            return null;
        }

        var (threshold, mistake) = ThresholdParser.Parse(metric, text);
        if (threshold is null)
        {
            section.Context.Add(node.At, path, node is HoconScalar { Secret: true } ? $"expected {Expected}" : mistake!);
        }

        return threshold;
    }

    private static Threshold? Object(Section section, string path, HoconNode node, string metric)
    {
        const string expression = "threshold";
        var inner = section.ReadObject(node, path, Expected)!;
        var threshold = inner.TakeRequired(expression, "a threshold such as \"p99 < 250ms\"") is { } text
            ? Text(inner, inner.PathOf(expression), text, metric)
            : null;
        var aborts = inner.Value("abort-on-fail", ValueKinds.Flag, false);
        var delay = inner.Value("delay", ValueKinds.Duration, TimeSpan.Zero);
        if (inner.Has("delay") && !aborts)
        {
            inner.Mistake("delay", "a delay belongs to abort-on-fail = true: without it a threshold is judged at the end");
        }

        inner.Close();
        if (threshold is null)
        {
            return null;
        }

        if (aborts && delay == TimeSpan.Zero && ThresholdParser.IsWrongAtFirst(threshold))
        {
            inner.Mistake(
                "abort-on-fail",
                $"'{threshold.Expression}' cannot hold yet when a run begins: give abort-on-fail a delay such as delay = 30s");
        }

        return threshold with { AbortOnFail = aborts, AbortDelay = delay };
    }
}
