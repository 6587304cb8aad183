using System.Globalization;
using ActorLoad.Host.Reports.Wording;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Verdicts;

/// <summary>Says when and how a worker was itself the bottleneck: "14 s to 19 s: scheduling lag up to 870 ms".</summary>
public static class DoubtText
{
    /// <param name="namesWorkers">There are several, and one wants to know which. A worker that was lost is named anyway.</param>
    public static IEnumerable<string> Of(IEnumerable<GeneratorDoubt> doubts, bool namesWorkers) => doubts.Select(d =>
        (namesWorkers || IsGone(d.Kind) ? $"worker {SafeText.Clean(d.Worker, SafeText.MaxEventName)}, " : "")
        + string.Create(CultureInfo.InvariantCulture, $"{d.FromSecond} s to {d.ToSecond} s: {What(d)}"));

    // Whoever is gone is one of several, also where the others are not there to be counted.
    private static bool IsGone(GeneratorDoubtKind kind) => kind is GeneratorDoubtKind.WorkerLost or GeneratorDoubtKind.WindowsMissing;

    private static string What(GeneratorDoubt doubt) => doubt.Kind switch
    {
        GeneratorDoubtKind.SchedulingLag => $"scheduling lag up to {Whole(doubt.Peak)} ms",
        GeneratorDoubtKind.Cpu => $"CPU up to {Whole(doubt.Peak * 100)} % of all processors",
        GeneratorDoubtKind.GcPause => $"garbage collection held all threads for up to {Whole(doubt.Peak * 100)} % of a second",
        GeneratorDoubtKind.ThreadPoolQueue => $"work waited for a thread all the time, in the worst second never fewer than {Whole(doubt.Peak)} items",
        GeneratorDoubtKind.ReadBacklog => $"received bytes waited up to {Whole(doubt.Peak)} ms to be measured",
        GeneratorDoubtKind.WorkerLost => $"it was lost, and {Whole(doubt.Peak * 100)} % of the users with it",
        GeneratorDoubtKind.WindowsMissing =>
            $"up to {Humanize.Plural((long)doubt.Peak, "second")} of what it measured are missing: neither it nor a coordinator has them any more",
        _ => $"{Humanize.Plural((long)doubt.Peak, "arrival")} dropped",
    };

    private static string Whole(double number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
