using System.Collections.Concurrent;

namespace ActorLoad.Host.Target.Accounts;

/// <summary>The ledgers by account, channel and user. Their number is bounded, because clients choose the names.</summary>
internal sealed class AccountDirectory
{
    public const int MostLedgers = 50_000;

    /// <summary>The highest number of an event that a ledger can hold.</summary>
    public const int MostEvents = 100_000;

    private readonly ConcurrentDictionary<(string Account, string Channel, string User), DeliveryLedger> _ledgers = new();

    /// <summary>The ledger of that client, opened if need be; null when there are too many.</summary>
    /// <param name="last">The number of the last event that it will get.</param>
    public DeliveryLedger? Get(string account, string channel, string user, int last) =>
        _ledgers.TryGetValue((account, channel, user), out var known) ? known
        : _ledgers.Count >= MostLedgers ? null
        : _ledgers.GetOrAdd((account, channel, user), static (_, n) => new DeliveryLedger(n), last);

    public SortedDictionary<string, AccountTotals> Sum()
    {
        var sums = new SortedDictionary<string, AccountTotals>(StringComparer.Ordinal);
        foreach (var ((account, _, _), ledger) in _ledgers)
        {
            if (!sums.TryGetValue(account, out var totals))
            {
                sums.Add(account, totals = new AccountTotals());
            }

            ledger.AddTo(totals);
        }

        return sums;
    }

    public void Clear() => _ledgers.Clear();
}
