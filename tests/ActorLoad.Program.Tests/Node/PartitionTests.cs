using ActorLoad.Program.Tests.Node.Network;

namespace ActorLoad.Program.Tests.Node;

/// <summary>Three nodes on hosts of their own whose links go down and up again.</summary>
public sealed class PartitionTests
{
    private const string Quorum = "2";

    [NetworkFact]
    public async Task The_side_with_the_quorum_of_coordinators_survives_and_the_other_side_downs_itself()
    {
        using var network = new PrivateNetwork(3);
        var (hostA, hostB, hostC) = (network.Hosts[0], network.Hosts[1], network.Hosts[2]);
        await using var a = await NodeProcess.StartOnAsync(hostA, "--quorum", Quorum);
        await using var c = await NodeProcess.StartOnAsync(hostC, "--quorum", Quorum, "--seed", a.Seed);
        await Task.WhenAll(new[] { a, c }.Select(n => n.UntilMembersAsync(AllUp(2), "two members up")));

        // Over before anybody has noticed. That it is healed shows with the next node: nobody comes up whom not all others have heard of.
        hostC.Cut();
        Assert.False(await hostA.ReachesAsync(hostC.Address, 8110, TimeSpan.FromSeconds(2.5)));
        hostC.Heal();
        await using var b = await NodeProcess.StartOnAsync(hostB, "--quorum", Quorum, "--seed", a.Seed);
        await Task.WhenAll(new[] { a, b, c }.Select(n => n.UntilMembersAsync(AllUp(3), "three members up")));
        Assert.True(await hostA.ReachesAsync(hostC.Address, 8110, TimeSpan.FromSeconds(10)));

        // Now it stays cut off. Each side sees the other one unreachable; only one of them has the quorum.
        hostC.Cut();
        var downed = await c.Process.ExitAsync();
        Assert.Equal(1, downed.ExitCode);
        Assert.Contains(downed.Errors, e => e.StartsWith("actorload: this node was taken out of the cluster: it was cut off from the coordinators", StringComparison.Ordinal));
        await Task.WhenAll(new[] { a, b }.Select(n => n.UntilMembersAsync(m => AllUp(2)(m) && m.All(x => !x.StartsWith(c.Address, StringComparison.Ordinal)), "the other two remain")));
        Assert.False(a.Process.HasExited || b.Process.HasExited);

        // Started anew at the same address it is a new member.
        hostC.Heal();
        await using var again = await NodeProcess.StartOnAsync(hostC, "--quorum", Quorum, "--seed", a.Seed);
        Assert.Equal(c.Address, again.Address);
        await Task.WhenAll(new[] { a, b, again }.Select(n => n.UntilMembersAsync(AllUp(3), "three members again")));
    }

    private static Func<IReadOnlyList<string>, bool> AllUp(int count) =>
        members => members.Count == count && members.All(m => m.EndsWith(" up", StringComparison.Ordinal));
}
