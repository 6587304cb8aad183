using Akka.Actor;
using Akka.Cluster;

namespace ActorLoad.Actors.Operations;

/// <summary>
/// The operations of the <c>pbm cluster</c> palette on this node's view of the cluster: one core for every front end
/// (HTTP, command line, Petabridge.Cmd). Thread-safe.
/// </summary>
public sealed class ClusterOperations(ActorSystem system)
{
    private readonly Cluster _cluster = Cluster.Get(system);

    /// <summary>Every member that this node knows, by address.</summary>
    /// <param name="role">Only members with this role; null = all.</param>
    public IReadOnlyList<MemberRow> Show(string? role = null)
    {
        var state = _cluster.State;
        return
        [
            .. state.Members
                .Where(m => role is null || m.HasRole(role))
                .Select(m => MemberRow.Of(m, !state.Unreachable.Contains(m)))
                .OrderBy(m => m.Address, StringComparer.Ordinal),
        ];
    }

    /// <summary>This node's own row.</summary>
    public MemberRow Status() => MemberRow.Of(_cluster.SelfMember, reachable: true);

    /// <summary>The leader's address as this node sees it; null while there is none.</summary>
    /// <param name="role">The leader among members with this role; null = of the whole cluster.</param>
    public string? Leader(string? role = null) => (role is null ? _cluster.State.Leader : _cluster.State.RoleLeader(role))?.ToString();

    /// <summary>Joins this node to the cluster of another one.</summary>
    /// <exception cref="OperationRefusedException">The address is none that this node could join, or it is in a cluster already.</exception>
    public void Join(string address)
    {
        RefuseWhenMember();
        _cluster.Join(Joinable(address));
    }

    /// <summary>Joins this node through the first of several seed nodes that answers.</summary>
    /// <exception cref="OperationRefusedException">An address is none that this node could join, or it is in a cluster already.</exception>
    public void JoinSeed(IReadOnlyList<string> addresses)
    {
        RefuseWhenMember();
        _cluster.JoinSeedNodes([.. addresses.Select(Joinable)]);
    }

    /// <summary>A member leaves in good order.</summary>
    /// <param name="address">Null = this node.</param>
    /// <exception cref="OperationRefusedException">No member has this address.</exception>
    public string Leave(string? address = null)
    {
        var member = MemberOf(address);
        _cluster.Leave(member);
        return member.ToString();
    }

    /// <summary>Declares a member dead without asking it.</summary>
    /// <exception cref="OperationRefusedException">No member has this address.</exception>
    public string Down(string address)
    {
        var member = MemberOf(address);
        _cluster.Down(member);
        return member.ToString();
    }

    /// <summary>Declares every member dead that this node cannot reach.</summary>
    /// <returns>Their addresses.</returns>
    public IReadOnlyList<string> DownUnreachable()
    {
        var unreachable = _cluster.State.Unreachable.Select(m => m.Address).ToList();
        unreachable.ForEach(_cluster.Down);
        return [.. unreachable.Select(a => a.ToString())];
    }

    /// <summary>Starts to watch membership; every event is one line. Dispose to stop.</summary>
    /// <param name="onLine">Called by one thread at a time.</param>
    public IDisposable Tail(Action<string> onLine) => new TailSubscription(system, onLine);

    private static Address Parse(string text)
    {
        try
        {
            return Address.Parse(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new OperationRefusedException($"'{text}' is no address; expected one such as akka.tcp://actorload@127.0.0.1:8110");
        }
    }

    // Akka ignores an address of another protocol or system, and says so in its log only.
    private Address Joinable(string text)
    {
        var (address, self) = (Parse(text), _cluster.SelfAddress);
        return address.Protocol == self.Protocol && address.System == self.System && address.HasGlobalScope
            ? address
            : throw new OperationRefusedException($"{address} cannot be joined: expected {self.Protocol}://{self.System}@HOST:PORT");
    }

    private Address MemberOf(string? text)
    {
        if (text is null)
        {
            return _cluster.SelfAddress;
        }

        var address = Parse(text);
        return _cluster.State.Members.Any(m => m.Address == address)
            ? address
            : throw new OperationRefusedException($"{address} is no member of this cluster; 'cluster show' lists them");
    }

    private void RefuseWhenMember()
    {
        if (_cluster.State.Members.Any(m => m.Address == _cluster.SelfAddress))
        {
            throw new OperationRefusedException($"{_cluster.SelfAddress} is in a cluster already; a node joins once in its life");
        }
    }
}
