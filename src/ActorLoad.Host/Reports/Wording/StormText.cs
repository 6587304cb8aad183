using ActorLoad.Host.Reports.Model;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Wording;

/// <summary>A storm's account as people read it, the same on the terminal and in markdown.</summary>
internal static class StormText
{
    /// <param name="runStart">Storms are named by the time into the run.</param>
    public static string Title(SummaryStorm storm, DateTimeOffset runStart)
    {
        // The two were stamped apart, by a moment that must not turn 2 s into 00:01.
        var at = TimeSpan.FromSeconds(Math.Round((storm.StartedAt - runStart).TotalSeconds));
        var who = storm.Cause == StormCause.Client ? $"events-at[{storm.Number}] dropped" : "the server dropped";
        return $"{Humanize.Clock(at > TimeSpan.Zero ? at : TimeSpan.Zero)} {who} {Humanize.Count(storm.Dropped)} of {Humanize.Plural(storm.StreamsBefore, "stream")}";
    }

    /// <summary>One line each; what has nothing to say is left out.</summary>
    /// <param name="rebuilt">From the timeline of a killed run: the moments of single streams are lost, and with them all times and peaks.</param>
    public static IEnumerable<string> Lines(SummaryStorm storm, bool rebuilt)
    {
        if (storm.Dropped == 0)
        {
            yield return "no open stream was meant";
            yield break;
        }

        yield return rebuilt
            ? $"back: {Humanize.Count(storm.Back)} when the run was killed"
            : $"back: 50% after {After(storm.BackP50)}, 95% after {After(storm.BackP95)}, 100% after {After(storm.BackP100)}";
        if (storm.NeverBack > 0 && !rebuilt)
        {
            yield return $"{Humanize.Count(storm.NeverBack)} of them never came back";
        }

        yield return $"{Humanize.Plural(storm.Attempts, "connect")} attempted, {Humanize.Count(storm.Failures)} failed" + (rebuilt
            ? ""
            : $"; at most {Humanize.Count(storm.PeakAttemptsPerSecond)} attempted and {Humanize.Count(storm.PeakOpensPerSecond)} opened within a second");
        if (storm.EventsMissed != 0 || storm.EventsReplayed != 0)
        {
            yield return $"{Humanize.Plural(storm.EventsMissed, "event")} missed, {Humanize.Count(storm.EventsReplayed)} replayed";
        }
    }

    private static string After(double? milliseconds) => milliseconds is { } ms ? Humanize.Milliseconds(ms) : "- (not reached)";
}
