using ActorLoad.Host.Reports.Model;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Wording;

/// <summary>A run that goes on elsewhere, as people read it.</summary>
internal static class StatusText
{
    /// <summary><c>gathering, 1 worker: 1 of 3 workers came so far</c>.</summary>
    public static string Phase(RunStatusJson status)
    {
        var word = status.Phase == RunPhase.Ended && status.Status is { } end ? SafeText.Clean(end, 40) : Word(status.Phase);
        var place = status.Phase == RunPhase.Queued
            ? status.Position == 0 ? ", next" : $", {Humanize.Plural(status.Position, "run")} before it"
            : status.Workers == 0 ? "" : $", {Humanize.Plural(status.Workers, "worker")}";
        return word + place + (status.Note is { } note ? ": " + SafeText.Clean(note, SafeText.MaxSample) : "");
    }

    /// <summary>One row of a list: <c>20260301-120000-orders-1a2b  running, 3 workers  00:12/01:00</c>.</summary>
    public static string Row(RunStatusJson status) =>
        $"{SafeText.Clean(status.Run, 100)}  {Times(status)}  {Phase(status)}";

    /// <summary>All that is known of a run, a line each.</summary>
    public static IEnumerable<string> Lines(RunStatusJson status)
    {
        yield return Fact("run", SafeText.Clean(status.Run, 100));
        yield return Fact("scenario", SafeText.Clean(status.Scenario, 100));
        yield return Fact("phase", Phase(status));
        yield return Fact("time", Times(status));
        if (status.Counters.Count > 0)
        {
            yield return Fact("users", $"{Humanize.Count(Level(Gauge.UsersActive))} active, {Humanize.Count(Count(Counter.UsersStarted))} started");
            yield return Fact("streams", $"{Humanize.Count(Level(Gauge.StreamsOpen))} open, {Humanize.Count(Count(Counter.ConnectsFailed))} connects failed");
            yield return Fact("events", $"{Humanize.Count(Count(Counter.Events))}, {Humanize.Count(Count(Counter.EventsMissed))} missed");
            yield return Fact("tasks", $"{Humanize.Count(Count(Counter.TasksPassed))} passed, {Humanize.Count(Count(Counter.TasksFailed))} failed");
        }

        foreach (var (name, timing) in status.Timings.Where(t => t.Value.Count > 0))
        {
            yield return Fact(
                SafeText.Clean(name, 40),
                $"p50 {Humanize.Milliseconds(timing.P50)}, p99 {Humanize.Milliseconds(timing.P99)}, max {Humanize.Milliseconds(timing.Max)}");
        }

        yield return Fact("coordinator", SafeText.Clean(status.Coordinator, 200));
        if (status.Folder is { } folder)
        {
            yield return Fact("folder", SafeText.Clean(folder, 1000));
        }

        if (status.ExitCode is { } code)
        {
            yield return Fact("exit code", $"{code}");
        }

        long Count(Counter counter) => status.Counters.GetValueOrDefault(counter.Name());
        long Level(Gauge gauge) => status.Gauges.GetValueOrDefault(gauge.Name());
    }

    private static string Fact(string name, string value) => $"{name,-20} {value}";

    private static string Times(RunStatusJson status) =>
        $"{Humanize.Clock(TimeSpan.FromSeconds(status.ElapsedSeconds))}/{Humanize.Clock(TimeSpan.FromSeconds(status.PlannedSeconds))}";

    private static string Word(RunPhase phase) => phase.ToString().ToLowerInvariant();
}
