using System.Globalization;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Wording;

/// <summary>What happened to the generator as people read it, the same on the terminal and in markdown.</summary>
internal static class MarkText
{
    /// <summary><c>00:42 worker on 10.0.0.7:8110 was lost</c>.</summary>
    public static string Of(SummaryMark mark) => $"{Humanize.Clock(TimeSpan.FromSeconds(Math.Floor(Math.Max(0, mark.At))))} {What(mark)}";

    /// <summary><c>clocks of 3 workers corrected, wrong by at most 0.21 ms</c>; null when there was nothing to correct.</summary>
    public static string? Of(IReadOnlyDictionary<string, SummaryWorkerClock>? clocks) => clocks is not { Count: > 0 } ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"clocks of {Humanize.Plural(clocks.Count, "worker")} corrected by up to {Humanize.Milliseconds(clocks.Values.Max(c => Math.Abs(c.OffsetMs)))}, wrong by at most {Humanize.Milliseconds(clocks.Values.Max(c => c.ErrorMs))}");

    private static string What(SummaryMark mark) => mark.Kind switch
    {
        RunMarkKind.WorkerJoined => $"worker on {mark.Node} joined",
        RunMarkKind.WorkerLeft => $"worker on {mark.Node} left",
        RunMarkKind.WorkerLost => $"worker on {mark.Node} was lost",
        RunMarkKind.SharesMoved => $"users that moved because of {mark.Node} are with their new workers",
        _ => $"{mark.Node} took over as coordinator",
    };
}
