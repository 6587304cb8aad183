using ActorLoad.Messages.Identifiers;

namespace ActorLoad.Messages.Cluster;

/// <summary>One worker's row of a <see cref="Roster"/>.</summary>
/// <param name="FirstWindow">The run's second with which its windows begin: 0, unless it came while the run was on.</param>
/// <param name="Grants">Its shares, by how they came to it; none = it takes part without users of its own.</param>
public sealed record RosterEntry(WorkerId Worker, string Node, int FirstWindow, RosterState State, ShareGrant[] Grants)
{
    public IEnumerable<int> Shares => Grants.SelectMany(g => g.Shares);
}
