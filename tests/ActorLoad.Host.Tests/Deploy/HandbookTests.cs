using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using ActorLoad.Host.Admin;
using ActorLoad.Host.Cli;
using ActorLoad.Host.Node;
using ActorLoad.Host.Scenarios;

namespace ActorLoad.Host.Tests.Deploy;

/// <summary>docs/cluster.md and README.md against the program: every command line parses, every option and file that is named exists.</summary>
public sealed partial class HandbookTests
{
    private static readonly string Page = Repository.Text("docs/cluster.md");

    public static TheoryData<string, string> Lines
    {
        get
        {
            var lines = new HashSet<(string Line, string Token)>();
            foreach (Match block in Block().Matches(Page + Repository.Text("README.md")))
            {
                var text = block.Groups["text"].Value;
                foreach (var line in text.Split('\n').Where(l => Command().IsMatch(l)))
                {
                    lines.Add((line, text.Contains("export ACTORLOAD_NODE_TOKEN=", StringComparison.Ordinal) ? "a-token" : ""));
                }
            }

            var data = new TheoryData<string, string>();
            foreach (var (line, token) in lines)
            {
                data.Add(line, token);
            }

            return data;
        }
    }

    [Fact]
    public void Every_step_of_a_cluster_has_an_example()
    {
        var verbs = Lines.Select(l => string.Join(' ', Arguments((string)l[0]).Take(2)));
        string[] expected =
        [
            "node", "submit", "status", "watch", "stop", "nodes", "target", "report",
            "cluster show", "cluster status", "cluster leader", "cluster leave", "cluster down", "cluster down-unreachable", "cluster tail",
        ];
        Assert.All(expected, e => Assert.Contains(verbs, v => v == e || v.StartsWith(e + " ", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void Its_command_lines_are_understood(string line, string token)
    {
        var arguments = Arguments(line);
        var parsed = CommandLines.Parse(arguments);
        if (parsed.CommandResult.Command.Name == "node")
        {
            var variables = Variable().Matches(line[..line.IndexOf("actorload", StringComparison.Ordinal)])
                .ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Value);
            variables.TryAdd("ACTORLOAD_NODE_TOKEN", token);
            var config = parsed.GetValue<string?>("--config");
            Assert.Empty(NodeSafety.Problems(CommandLines.Node(arguments, variables, config is null ? null : Repository.PathOf(config))));
        }

        foreach (var file in arguments.Where(a => a.StartsWith("hocon/scenarios/", StringComparison.Ordinal)))
        {
            Assert.True(ScenarioLoader.Load(Repository.PathOf(file), ScenarioOverrides.None).IsValid, file);
        }
    }

    [Fact]
    public void Every_option_of_a_node_has_a_row()
    {
        var node = CommandTree.Create().Subcommands.Single(c => c.Name == "node");
        var rows = Row().Matches(Page).Select(m => m.Value).ToArray();
        Assert.All(node.Options.Where(o => o.Name is not ("--help" or "--version")), o => Assert.Single(rows, r => r.StartsWith($"| `{o.Name}`", StringComparison.Ordinal)));
        Assert.All(CommandLines.NodeVariables, v => Assert.Single(rows, r => r.Contains($"`{v}`", StringComparison.Ordinal)));
        var keys = Key().Matches(Repository.Text("hocon/node.conf")).Select(m => m.Groups[1].Value).Except(["roles", "tls"]);
        Assert.All(keys, k => Assert.Contains(rows, r => r.Contains($"`{k}`", StringComparison.Ordinal) || r.Contains($"`tls.{k}`", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_verb_of_the_cluster_has_a_row()
    {
        var cluster = CommandTree.Create().Subcommands.Single(c => c.Name == "cluster");
        Assert.All(cluster.Subcommands, v => Assert.Matches($@"\n\| [^|]*`{v.Name}[ `]", Page));
    }

    [Fact]
    public void Probes_and_linked_files_exist()
    {
        Assert.All(HealthPaths.All, p => Assert.Contains($"`{p}`", Page, StringComparison.Ordinal));
        Assert.All(Link().Matches(Page), m => Assert.True(
            Path.Exists(Path.Combine(Repository.PathOf("docs"), m.Groups["file"].Value)), m.Groups["file"].Value));
        var headings = Heading().Matches(Page).Select(m => new string([.. m.Groups[1].Value.ToLowerInvariant().Replace(' ', '-').Where(c => char.IsLetter(c) || c == '-')]));
        Assert.All(Anchor().Matches(Page).Select(m => m.Groups[1].Value), a => Assert.Contains(a, headings));
    }

    // Without the shell's part: variables before it, redirection and pipe behind it.
    private static string[] Arguments(string line)
    {
        var command = Command().Match(line).Groups["arguments"].Value;
        command = ShellTail().Replace(Substitution().Replace(command, "x"), "");
        return [.. CommandLineParser.SplitCommandLine(command)];
    }

    [GeneratedRegex("```sh\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("^(?:[A-Z_]+=[^ ]+ )*actorload (?<arguments>.+)$")]
    private static partial Regex Command();

    [GeneratedRegex(@"(?<name>[A-Z_]+)=(?<value>[^ ]+) ")]
    private static partial Regex Variable();

    [GeneratedRegex("""
        "\$\(.*\)"
        """)]
    private static partial Regex Substitution();

    [GeneratedRegex("""\s+(&|> .*|\| .*)$""")]
    private static partial Regex ShellTail();

    [GeneratedRegex(@"^\| `--[a-z].*$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\s+([a-z-]+) (?:=|\{)", RegexOptions.Multiline)]
    private static partial Regex Key();

    [GeneratedRegex(@"\]\((?<file>[^#)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\]\(#([^)]+)\)")]
    private static partial Regex Anchor();
}
