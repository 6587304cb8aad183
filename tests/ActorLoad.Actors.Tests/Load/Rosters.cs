using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;

namespace ActorLoad.Actors.Tests.Load;

/// <summary>Makes rosters that follow one another, as a coordinator would.</summary>
internal sealed class Rosters(int of, int workers)
{
    private readonly (int Owner, int Epoch, TimeSpan From)[] _shares = [.. Enumerable.Repeat((-1, 0, TimeSpan.Zero), of)];

    public static WorkerId Worker(int number) => new($"w{number}");

    public int Epoch { get; private set; }

    public Roster? Current { get; private set; }

    /// <summary>Whose this share is; -1 = nobody's.</summary>
    public int OwnerOf(int share) => _shares[share].Owner;

    /// <param name="owners">By share; -1 = nobody's.</param>
    /// <param name="from">From when on arrivals are the new owner's; null = from when the roster takes effect.</param>
    public Roster Next(IReadOnlyList<int> owners, TimeSpan effective = default, TimeSpan? from = null)
    {
        Epoch++;
        for (var s = 0; s < of; s++)
        {
            if (_shares[s].Owner != owners[s])
            {
                _shares[s] = (owners[s], Epoch, from ?? effective);
            }
        }

        var entries = Enumerable.Range(0, workers).Select(w => new RosterEntry(Worker(w), "", 0, RosterState.Active, Grants(w)));
        return Current = new Roster(Epoch, of, effective, [.. entries]);
    }

    private ShareGrant[] Grants(int worker) =>
    [
        .. Enumerable.Range(0, of).Where(s => _shares[s].Owner == worker)
            .GroupBy(s => (_shares[s].Epoch, _shares[s].From))
            .Select(g => new ShareGrant(g.Key.Epoch, g.Key.From, [.. g])),
    ];
}
