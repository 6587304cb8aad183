using ActorLoad.Host.Reports.Model;
using ActorLoad.Host.Reports.Wording;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports;

/// <summary>The section "finite streams" of a report as rows of text, the same in the terminal and in markdown.</summary>
internal static class FiniteStreamRows
{
    /// <summary>User type, what is measured, count, p50, p99 and the worst; a number that does not exist is empty.</summary>
    public static IEnumerable<string[]> Of(Summary summary)
    {
        foreach (var (name, type) in summary.UserTypes)
        {
            if (type.FiniteStreams is not { } finite)
            {
                continue;
            }

            yield return [name, "completed of those opened", $"{Humanize.Count(finite.Completed)} of {Humanize.Count(finite.Opened)}", "", "", ""];
            foreach (var (what, timing) in new[]
            {
                ("time to first event (token)", Timing.TimeToFirstEvent),
                ("gap between events", Timing.EventGap),
                ("time to done", Timing.TimeToDone),
            })
            {
                if (type.Timings.GetValueOrDefault(timing.Name()) is { } t)
                {
                    yield return [name, what, Humanize.Count(t.Count), Humanize.Milliseconds(t.P50), Humanize.Milliseconds(t.P99), Humanize.Milliseconds(t.Max)];
                }
            }

            if (type.Timings.GetValueOrDefault(Timing.TimePerEvent.Name()) is { } perEvent)
            {
                yield return [name, "events per second, each stream", Humanize.Count(perEvent.Count), Rate(finite.EventsPerSecondP50), Rate(finite.EventsPerSecondP99), Rate(finite.EventsPerSecondMin)];
            }

            yield return [name, "events per second, all together", Humanize.Rate(finite.EventsPerSecond), "", "", ""];
        }
    }

    private static string Rate(double? rate) => rate is { } r ? Humanize.Rate(r) : "";
}
