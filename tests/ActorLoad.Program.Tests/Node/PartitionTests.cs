using System.Text.Json.Nodes;
using ActorLoad.Program.Tests.Node.Network;
using ActorLoad.Program.Tests.Node.Runs;
using ActorLoad.Program.Tests.Run;
using ActorLoad.Program.Tests.Running;

namespace ActorLoad.Program.Tests.Node;

/// <summary>Three nodes on hosts of their own whose links go down and up again, while a run is on.</summary>
public sealed class PartitionTests : IDisposable
{
    private const int Users = 60;
    private const string Token = "partition";

    private readonly ScratchFolder _folder = new();

    [NetworkFact]
    public async Task The_side_with_the_quorum_of_coordinators_survives_and_the_other_side_downs_itself()
    {
        using var network = new PrivateNetwork(3);
        var (hostA, hostB, hostC) = (network.Hosts[0], network.Hosts[1], network.Hosts[2]);
        await using var target = await TargetAsync(network);
        await using var a = await StartAsync(hostA, "a", "--roles", "coordinator");
        var starting = (B: StartAsync(hostB, "b", "--seed", a.Seed), C: StartAsync(hostC, "c", "--seed", a.Seed));
        await using var b = await starting.B;
        await using var c = await starting.C;
        await UntilUpAsync(3, a, b, c);
        var run = await SubmitAsync(a, target);
        await UntilUsersAsync(a, run, b, Users / 2);
        await UntilUsersAsync(a, run, c, Users / 2);

        // Each side sees the other one unreachable; only one of them has the quorum.
        hostC.Cut();
        var downed = await c.Process.ExitAsync();
        Assert.Equal(1, downed.ExitCode);
        var sentence = Assert.Single(downed.Errors, e => e.StartsWith("actorload: this node was taken out of the cluster: it was cut off from the coordinators", StringComparison.Ordinal));
        var spool = Assert.Single(Directory.EnumerateFiles(Path.Combine(_folder.Path, "c", "spool"), "*.windows", SearchOption.AllDirectories));
        Assert.Contains(Path.Combine(_folder.Path, "c", "spool"), sentence, StringComparison.Ordinal);
        Assert.True(new FileInfo(spool).Length > 0);

        // The run goes on, and all its users are with those who are left.
        await UntilUpAsync(2, a, b);
        await UntilUsersAsync(a, run, b, Users);
        Assert.False(a.Process.HasExited || b.Process.HasExited);

        // Started anew at the same address it is a new member, and takes its share of the run.
        hostC.Heal();
        await using var again = await StartAsync(hostC, "again", "--seed", a.Seed);
        Assert.Equal(c.Address, again.Address);
        await UntilUpAsync(3, a, b, again);
        await UntilUsersAsync(a, run, again, Users / 2);

        // A cut that is over before anybody has noticed heals by itself: what was measured meanwhile comes after all, and seconds close again.
        hostC.Cut();
        Assert.False(await hostA.ReachesAsync(hostC.Address, 8110, TimeSpan.FromSeconds(2.5)));
        hostC.Heal();
        var closed = (double)(await a.GetAsync($"api/runs/{run}"))["elapsedSeconds"]!;
        await a.UntilAsync($"api/runs/{run}", r => (double)r["elapsedSeconds"]! > closed + 4, "windows that were reported after the cut");
        await UntilUpAsync(3, a, b, again);

        Assert.Equal(0, (await a.AskAsync("stop", run)).ExitCode);
        await a.UntilAsync($"api/runs/{run}", r => (string)r["phase"]! == "ended", "the run's end");
        var marks = Marks.Of(await a.GetAsync($"api/runs/{run}/summary"));
        Assert.Equal(
            [("worker-lost", c.Seed), ("worker-joined", again.Seed)],
            marks.Where(m => m.Kind != "shares-moved").Select(m => (m.Kind, m.Node)));
    }

    public void Dispose() => _folder.Dispose();

    private static Task UntilUpAsync(int count, params NodeProcess[] nodes) => Task.WhenAll(nodes.Select(n => n.UntilMembersAsync(
        members => members.Count == count && members.All(m => m.EndsWith(" up", StringComparison.Ordinal)), $"{count} members up")));

    // As the coordinator has heard it from the worker itself.
    private static Task UntilUsersAsync(NodeProcess via, string run, NodeProcess worker, int users) => via.UntilAsync(
        "api/nodes",
        n => n["nodes"]!.AsArray().Any(w => (string)w!["node"]! == worker.Seed && (string?)w["run"] == run && (long)w["usersActive"]! == users),
        $"{users} users on {worker.Seed}");

    private static Task<TargetProcess> TargetAsync(PrivateNetwork network)
    {
        var client = network.Hub.Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        return TargetProcess.StartAsync(
            new ActorLoadProcessOptions("target", "--urls", $"http://{PrivateNetwork.HubAddress}:5080", "--allow-remote", "--token", Token) { Prefix = network.Hub.Prefix },
            urls: 1,
            client);
    }

    private Task<NodeProcess> StartAsync(PrivateHost host, string name, params string[] options) =>
        NodeProcess.StartOnAsync(host, ["--quorum", "2", "--results", Path.Combine(_folder.Path, name), .. options]);

    private async Task<string> SubmitAsync(NodeProcess node, TargetProcess target)
    {
        var scenario = _folder.Write("run.conf", $$"""
            scenario {
              name = partition
              cluster.min-workers = 2
              base-url = "{{target.BaseUrl.AbsoluteUri.TrimEnd('/')}}"
              http.headers.Authorization = "Bearer {{Token}}"
              load.stages = [ { duration = 1s, users = {{Users}} }, { duration = 10m, users = {{Users}} } ]
              users.reader.tasks.read.steps = [
                { subscribe { stream = main, path = "/api/events/stream?interval_ms=1000&spread=1" } }
                { listen { stream = main, for = 1h } }
              ]
            }
            """);
        var submitted = await node.AskAsync("submit", scenario, "--format", "json");
        Assert.True(submitted.ExitCode == 0, submitted.ErrorText);
        return (string)JsonNode.Parse(submitted.OutputText)!["run"]!;
    }
}
