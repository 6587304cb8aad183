using System.Globalization;
using ActorLoad.Host.Reports.Wording;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Verdicts;

/// <summary>Says when and how a worker was itself the bottleneck: "14 s to 19 s: scheduling lag up to 870 ms".</summary>
public static class DoubtText
{
    /// <param name="namesWorkers">There are several, and one wants to know which.</param>
    public static IEnumerable<string> Of(IEnumerable<GeneratorDoubt> doubts, bool namesWorkers) => doubts.Select(d =>
        (namesWorkers ? $"worker {SafeText.Clean(d.Worker, SafeText.MaxEventName)}, " : "")
        + string.Create(CultureInfo.InvariantCulture, $"{d.FromSecond} s to {d.ToSecond} s: {What(d)}"));

    private static string What(GeneratorDoubt doubt) => doubt.Kind switch
    {
        GeneratorDoubtKind.SchedulingLag => $"scheduling lag up to {Whole(doubt.Peak)} ms",
        GeneratorDoubtKind.Cpu => $"CPU up to {Whole(doubt.Peak * 100)} % of all processors",
        GeneratorDoubtKind.GcPause => $"garbage collection held all threads for up to {Whole(doubt.Peak * 100)} % of a second",
        GeneratorDoubtKind.ThreadPoolQueue => $"work waited for a thread all the time, in the worst second never fewer than {Whole(doubt.Peak)} items",
        GeneratorDoubtKind.ReadBacklog => $"received bytes waited up to {Whole(doubt.Peak)} ms to be measured",
        _ => $"{Humanize.Plural((long)doubt.Peak, "arrival")} dropped",
    };

    private static string Whole(double number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
