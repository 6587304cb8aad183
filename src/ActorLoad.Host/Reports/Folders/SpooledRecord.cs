using ActorLoad.Actors.Stats;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Folders;

/// <summary>What one worker kept of a run.</summary>
internal sealed class SpooledRecord
{
    /// <param name="spool">Stays the caller's.</param>
    public SpooledRecord(WindowSpool spool)
    {
        Spool = spool;
        if (spool.Numbers.Count > 0)
        {
            First = spool.Read(spool.Numbers.Min());
            Last = spool.Numbers.Max();
        }
    }

    public WindowSpool Spool { get; }

    /// <summary>Its first window; null when there is none.</summary>
    public StatsWindow? First { get; }

    /// <summary>Number of its last window.</summary>
    public int Last { get; }

    public WorkerId Worker => First!.Worker;

    /// <summary>Seconds between the first and the last that are not there.</summary>
    public int Missing => Last - First!.Number + 1 - Spool.Numbers.Count;
}
