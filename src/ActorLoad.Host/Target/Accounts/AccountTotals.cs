using ActorLoad.Host.Target.Faults;

namespace ActorLoad.Host.Target.Accounts;

/// <summary>Sums over the ledgers of one account.</summary>
internal sealed class AccountTotals
{
    public long Streams { get; set; }

    public long Complete { get; set; }

    public long Events { get; set; }

    public long Missed { get; set; }

    public long Duplicated { get; set; }

    public long Reordered { get; set; }

    /// <summary>By <see cref="FaultKind"/>.</summary>
    public long[] Faults { get; } = new long[Enum.GetValues<FaultKind>().Length];
}
