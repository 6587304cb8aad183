using System.Globalization;
using ActorLoad.Host.Cli;
using ActorLoad.Host.Node;

namespace ActorLoad.Host.Tests.Deploy;

/// <summary>The systemd unit and its environment file against the program.</summary>
public sealed class SystemdTests
{
    private static readonly Dictionary<string, string> Unit = Assignments("deploy/systemd/actorload-node.service");
    private static readonly Dictionary<string, string> Variables = Assignments("deploy/systemd/actorload-node.env");

    [Fact]
    public void The_node_starts_once_it_has_a_token_and_not_before()
    {
        var open = Node(Variables);
        Assert.Contains("set ACTORLOAD_NODE_TOKEN", Assert.Single(NodeSafety.Problems(open)), StringComparison.Ordinal);
        var node = Node(new Dictionary<string, string>(Variables) { ["ACTORLOAD_NODE_TOKEN"] = "s" });
        CommandLines.IsSafe(node);
        Assert.Equal([NodeRoles.Worker], node.Roles);
        Assert.Equal((node.Seeds.Count / 2) + 1, node.Quorum);
    }

    [Fact]
    public void The_files_that_it_names_are_installed_by_the_first_lines()
    {
        var text = Repository.Text("deploy/systemd/actorload-node.service");
        Assert.All(
            [Variables["ACTORLOAD_NODE_TLS_CERT"], Variables["ACTORLOAD_NODE_TLS_KEY"], Variables["ACTORLOAD_NODE_TLS_CA"], Unit["EnvironmentFile"]],
            file => Assert.Contains($" {file}\n", text[..text.IndexOf("[Unit]", StringComparison.Ordinal)], StringComparison.Ordinal));
        Assert.Contains($"-o {Path.GetDirectoryName(Unit["ExecStart"].Split(' ')[0])}\n", text, StringComparison.Ordinal);
        Assert.Contains($"/{Unit["StateDirectory"]}", Unit["WorkingDirectory"], StringComparison.Ordinal);
    }

    [Fact]
    public void It_may_hold_many_streams_and_has_time_to_leave()
    {
        Assert.True(long.Parse(Unit["LimitNOFILE"], CultureInfo.InvariantCulture) >= 1_000_000);
        Assert.Equal("SIGTERM", Unit["KillSignal"]);
        Assert.True(int.Parse(Unit["TimeoutStopSec"], CultureInfo.InvariantCulture) >= 60);
        Assert.NotEqual("root", Unit["User"]);
    }

    [Fact]
    public void Wrong_options_are_not_tried_again_and_again()
    {
        Assert.Equal("on-failure", Unit["Restart"]);
        Assert.Equal(ExitCodes.Usage, int.Parse(Unit["RestartPreventExitStatus"], CultureInfo.InvariantCulture));
    }

    private static NodeOptions Node(IReadOnlyDictionary<string, string> variables)
    {
        var words = Unit["ExecStart"].Split(' ');
        Assert.Equal("actorload", Path.GetFileName(words[0]));
        Assert.Equal("/etc/actorload/node.conf", CommandLines.Parse(words[1..]).GetValue<string>("--config"));
        return CommandLines.Node(words[1..], variables, Repository.PathOf("hocon/node.conf"));
    }

    private static Dictionary<string, string> Assignments(string file) => Repository.Text(file).Split('\n')
        .Where(l => l.Length > 0 && l[0] is not ('#' or '['))
        .Select(l => l.Split('=', 2))
        .ToDictionary(l => l[0], l => l[1]);
}
