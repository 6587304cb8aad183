using ActorLoad.Messages.Failures;

namespace ActorLoad.Messages.Stats;

/// <summary>The outward snake_case names of counters, timings and gauges: the same in thresholds, JSON and CSV.</summary>
public static class MetricNames
{
    public static IReadOnlyList<string> Counters { get; } = Names<Counter>();

    public static IReadOnlyList<string> Timings { get; } = Names<Timing>();

    public static IReadOnlyList<string> Gauges { get; } = Names<Gauge>();

    public static string Name(this Counter counter) => Counters[(int)counter];

    public static string Name(this Timing timing) => Timings[(int)timing];

    public static string Name(this Gauge gauge) => Gauges[(int)gauge];

    public static bool TryParse(string name, out Counter counter) => TryFind(Counters, name, out counter);

    public static bool TryParse(string name, out Timing timing) => TryFind(Timings, name, out timing);

    private static string[] Names<T>() where T : struct, Enum =>
        [.. Enum.GetNames<T>().Select(n => FailureNames.Join(n, '_'))];

    private static bool TryFind<T>(IReadOnlyList<string> names, string name, out T value) where T : struct, Enum
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
            {
                value = Enum.GetValues<T>()[i];
                return true;
            }
        }

        value = default;
        return false;
    }
}
