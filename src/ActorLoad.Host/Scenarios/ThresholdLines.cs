using ActorLoad.Host.Scenarios.Reading;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios;

/// <summary>Thresholds as HOCON and as a person reads them, one line for each metric of a scope.</summary>
internal static class ThresholdLines
{
    /// <param name="text">Quotes a text, or masks it.</param>
    public static void Write(HoconWriter writer, IReadOnlyList<Threshold> thresholds, Func<string, string> text)
    {
        foreach (var metric in thresholds.GroupBy(t => (t.UserType, t.Task, t.Metric)))
        {
            string[] path =
            [
                .. metric.Key.UserType is { } type ? new[] { "users", type } : [],
                .. metric.Key.Task is { } task ? new[] { "tasks", task } : [],
                metric.Key.Metric,
            ];
            writer.SetPath(path, $"[ {string.Join(", ", metric.Select(t => Item(t, text)))} ]");
        }
    }

    public static string Describe(Threshold threshold) => $"{threshold.Name} {threshold.Expression}" + (threshold.AbortOnFail
        ? $", else the run ends{(threshold.AbortDelay > TimeSpan.Zero ? $" (judged from {Units.Text(threshold.AbortDelay)} on)" : "")}"
        : "");

    private static string Item(Threshold threshold, Func<string, string> text) => threshold.AbortOnFail
        ? $"{{ threshold = {text(threshold.Expression)}, abort-on-fail = true, delay = {Units.Text(threshold.AbortDelay)} }}"
        : text(threshold.Expression);
}
