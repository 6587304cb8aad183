using Akka.Cluster;

namespace ActorLoad.Actors.Operations;

/// <summary>One member as <c>pbm cluster show</c> prints it: <c>address | [role,role] | status | unreachable</c>.</summary>
/// <param name="Address">Such as <c>akka.tcp://actorload@127.0.0.1:8110</c>.</param>
/// <param name="Status">Lower case: joining, weaklyup, up, leaving, exiting, down, removed.</param>
public sealed record MemberRow(string Address, IReadOnlyList<string> Roles, string Status, bool Reachable)
{
    public static MemberRow Of(Member member, bool reachable) => new(
        member.Address.ToString(),
        [.. member.Roles.Order(StringComparer.Ordinal)],
        member.Status.ToString().ToLowerInvariant(),
        reachable);

    public override string ToString() =>
        $"{Address} | [{string.Join(',', Roles)}] | {Status} | {(Reachable ? "" : "unreachable")}".TrimEnd(' ');
}
