using System.Text.Json.Nodes;
using ActorLoad.Program.Tests.Running;

namespace ActorLoad.Program.Tests.Node;

/// <summary>Every verb of <c>cluster</c> against real nodes, and what it says when it cannot be done.</summary>
public sealed class ClusterVerbTests
{
    [Fact]
    public async Task Members_join_are_shown_and_leave()
    {
        await using var first = await NodeProcess.StartAsync();
        await using var second = await NodeProcess.StartAsync("--roles", "worker", "--seed", first.Seed);
        await using var third = await NodeProcess.StartAsync("--roles", "worker", "--no-join");
        await first.UntilMembersAsync(m => m.Count(x => x.EndsWith(" up", StringComparison.Ordinal)) == 2, "two members up");
        await second.UntilMembersAsync(m => m.Count(x => x.EndsWith(" up", StringComparison.Ordinal)) == 2, "the second knows it");

        Assert.Equal(
            string.Join('\n', [.. Rows($"{first.Address} | [coordinator,worker] | up |", $"{second.Address} | [worker] | up |"), "Count: 2 nodes"]),
            string.Join('\n', (await first.ClusterAsync("show")).Output));
        Assert.Equal([$"{second.Address} | [worker] | up |"], (await second.ClusterAsync("status")).Output);
        Assert.Equal([$"{first.Address} | [coordinator,worker] | up |", "Count: 1 nodes"], (await second.ClusterAsync("members", "-r", "coordinator")).Output);
        Assert.Equal([first.Address], (await second.ClusterAsync("leader", "--role", "coordinator")).Output);
        var json = JsonNode.Parse(Assert.Single((await first.ClusterAsync("status", "--format", "json")).Output))!;
        Assert.Equal(first.Address, (string)json["members"]![0]!["address"]!);

        var refused = await second.ClusterAsync("join", first.Address);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("is in a cluster already", Assert.Single(refused.Errors), StringComparison.Ordinal);

        await using var tail = ActorLoadProcess.Start("cluster", "tail", "--node", first.Http);
        await tail.LineAsync(l => l == $"{second.Address} | [worker] | up |");
        Assert.Equal([$"joining through {first.Address}"], (await third.ClusterAsync("join-seed", first.Address)).Output);
        await tail.LineAsync(l => l == $"{third.Address} | [worker] | up |");

        Assert.Equal([$"{second.Address} is leaving"], (await second.ClusterAsync("leave")).Output);
        Assert.Equal(0, (await second.Process.ExitAsync()).ExitCode);
        await tail.LineAsync(l => l == $"{second.Address} | [worker] | removed |");
        Assert.Equal([$"{third.Address} is leaving"], (await first.ClusterAsync("leave", third.Address)).Output);
        Assert.Equal(0, (await third.Process.ExitAsync()).ExitCode);

        first.Process.Terminate();
        Assert.Equal(0, (await first.Process.ExitAsync()).ExitCode);
    }

    [Fact]
    public async Task A_killed_member_becomes_unreachable_and_is_downed_and_a_downed_one_says_so()
    {
        await using var first = await NodeProcess.StartAsync();
        await using var second = await NodeProcess.StartAsync("--roles", "worker", "--seed", first.Seed);
        await using var third = await NodeProcess.StartAsync("--roles", "worker", "--no-join");
        Assert.Equal([$"joining {first.Address}"], (await third.ClusterAsync("join", first.Address)).Output);
        await first.UntilMembersAsync(m => m.Count(x => x.EndsWith(" up", StringComparison.Ordinal)) == 3, "three members up");
        Assert.Equal(["no member is unreachable"], (await first.ClusterAsync("down-unreachable")).Output);

        Assert.Equal([$"{third.Address} is down"], (await first.ClusterAsync("down", third.Address)).Output);
        var downed = await third.Process.ExitAsync();
        Assert.Equal(1, downed.ExitCode);
        Assert.Contains(downed.Errors, e => e.StartsWith("actorload: this node was taken out of the cluster", StringComparison.Ordinal));

        await first.UntilMembersAsync(m => m.Count == 2, "the downed one removed");

        second.Process.Kill();
        await first.UntilMembersAsync(m => m.Any(x => x == $"{second.Address} up unreachable"), "the killed one unreachable");

        // Asked without a process in between: after four seconds the node downs it by itself.
        using var client = new HttpClient();
        using var answer = await client.PostAsync(new Uri(first.Http + "api/cluster/down-unreachable"), null);
        Assert.Equal($"{second.Address} down", (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["message"]!);
        await first.UntilMembersAsync(m => m.Count == 1, "alone again");
    }

    [Fact]
    public async Task What_cannot_be_done_is_one_sentence()
    {
        await using var node = await NodeProcess.StartAsync("--token", "s3cret");
        var without = await node.ClusterAsync("show");
        Assert.Equal(1, without.ExitCode);
        Assert.Equal(["actorload: this node demands a token: --token, or ACTORLOAD_NODE_TOKEN"], without.Errors);
        Assert.Equal(1, (await node.ClusterAsync("show", "--token", "s3cre")).ExitCode);
        Assert.Equal(0, (await node.ClusterAsync("show", "--token", "s3cret")).ExitCode);
        var unknown = await node.ClusterAsync("down", "akka.tcp://actorload@127.0.0.1:1", "--token", "s3cret");
        Assert.Equal(1, unknown.ExitCode);
        Assert.Equal(["actorload: akka.tcp://actorload@127.0.0.1:1 is no member of this cluster; 'cluster show' lists them"], unknown.Errors);
        Assert.Contains("is no address", Assert.Single((await node.ClusterAsync("leave", "nonsense", "--token", "s3cret")).Errors), StringComparison.Ordinal);
        using var client = new HttpClient();
        Assert.Equal("""{"message":"live"}""", await client.GetStringAsync(new Uri(node.Http + "health/live")));
        node.Process.Terminate();
        var end = await node.Process.ExitAsync();
        Assert.DoesNotContain(end.Output.Concat(end.Errors), l => l.Contains("s3cret", StringComparison.Ordinal));

        var nobody = await ActorLoadProcess.RunAsync("cluster", "show", "--node", node.Http);
        Assert.Equal(1, nobody.ExitCode);
        Assert.Contains("cannot be reached", Assert.Single(nobody.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a worker needs --seed", "--roles", "worker")]
    [InlineData("'boss' is no role", "--roles", "boss")]
    [InlineData("expected host:port or dns:name:port, found 'nonsense'", "--seed", "nonsense")]
    [InlineData("could be reached from other machines: give --tls-cert", "--hostname", "0.0.0.0")]
    [InlineData("could be reached from other machines: set ACTORLOAD_NODE_TOKEN", "--http", "0.0.0.0:0")]
    [InlineData("--tls-cert needs --tls-ca or --tls-thumbprint", "--tls-cert", "x.pem")]
    [InlineData("--http: expected host:port, found 'x'", "--http", "x")]
    public async Task A_node_that_must_not_start_says_why(string expected, params string[] arguments)
    {
        var result = await ActorLoadProcess.RunAsync(["node", "--port", "0", .. arguments]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, Assert.Single(result.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_finds_no_seed_gives_up()
    {
        await using var node = await NodeProcess.StartAsync("--roles", "worker", "--seed", "127.0.0.1:1", "--join-timeout", "2s");
        var end = await node.Process.ExitAsync();
        Assert.Equal(1, end.ExitCode);
        Assert.Contains(end.Errors, e => e.StartsWith("actorload: no seed node answered within 2 s (127.0.0.1:1)", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Rows(params string[] rows) => rows.Order(StringComparer.Ordinal);
}
