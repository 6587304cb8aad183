using ActorLoad.Host.Reports.Model;

namespace ActorLoad.Host.Reports.Wording;

/// <summary>How the workers were at their worst, in one line.</summary>
public static class GeneratorText
{
    /// <summary>Null when no worker watched itself.</summary>
    public static string? Of(IEnumerable<SummaryHealth> workers)
    {
        var all = workers.Select(w => w.ToHealth()).ToList();
        if (all.Count == 0)
        {
            return null;
        }

        var worst = all.Aggregate((a, b) => a.And(b));
        return $"CPU {Humanize.Percent(Math.Round(worst.CpuShare, 2))}   lag {Humanize.Milliseconds(worst.LagMsMax)}   "
            + $"GC {Humanize.Percent(Math.Round(worst.GcPauseShare, 3))}   queue {Humanize.Count(worst.ThreadPoolQueueMax)}   "
            + $"backlog {Humanize.Milliseconds(worst.ReadBacklogMsMax)} at worst";
    }
}
