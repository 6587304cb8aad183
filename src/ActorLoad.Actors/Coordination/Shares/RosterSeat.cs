using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;

namespace ActorLoad.Actors.Coordination.Shares;

/// <summary>One worker in a <see cref="RosterBook"/>.</summary>
internal sealed class RosterSeat(WorkerId worker, string node, int firstWindow, int limit)
{
    public WorkerId Worker { get; } = worker;

    public string Node { get; } = node;

    public int FirstWindow { get; } = firstWindow;

    /// <summary>How many shares it can hold.</summary>
    public int Limit { get; } = limit;

    public RosterState State { get; set; } = RosterState.Active;

    /// <summary>It runs, so that shares can be given to it.</summary>
    public bool IsReady { get; set; }

    /// <summary>Of the newest roster that it has answered.</summary>
    public int Answered { get; set; }

    public List<ShareGrant> Grants { get; } = [];

    public int[] Shares => [.. Grants.SelectMany(g => g.Shares).Order()];

    public bool TakesPart => State is RosterState.Active or RosterState.Leaving;

    public RosterEntry Entry => new(Worker, Node, FirstWindow, State, [.. Grants]);

    public void Remove(IReadOnlyCollection<int> shares)
    {
        var gone = shares.ToHashSet();
        for (var i = Grants.Count - 1; i >= 0; i--)
        {
            var left = Grants[i].Shares.Where(s => !gone.Contains(s)).ToArray();
            if (left.Length == 0)
            {
                Grants.RemoveAt(i);
            }
            else if (left.Length < Grants[i].Shares.Length)
            {
                Grants[i] = Grants[i] with { Shares = left };
            }
        }
    }
}
