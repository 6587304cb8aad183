using System.CommandLine;
using System.Globalization;
using ActorLoad.Host.Admin.Runs;
using ActorLoad.Host.Cli.Remote;
using ActorLoad.Host.Reports.Wording;

namespace ActorLoad.Host.Cli;

/// <summary><c>nodes</c>: the workers of a cluster, what they can carry and what they carry.</summary>
internal static class NodesCommand
{
    private static readonly string[] Head = ["node", "run", "shares", "users", "streams", "cpu", "lag", "processors", "open files", "local ports", "clock"];

    public static Command Create()
    {
        var remote = new RemoteOptions();
        var command = new Command("nodes", "Lists the workers that the coordinator knows: capacity, users, streams, CPU, lag, clock.");
        remote.AddTo(command);
        command.SetAction((parsed, cancellation) => remote.RunAsync(parsed, async session =>
        {
            var list = await session.Nodes.AskAsync(n => n.GetAsync<NodeList>("/api/nodes", cancellation)).ConfigureAwait(false);
            if (session.Json)
            {
                session.Print(list);
                return ExitCodes.Passed;
            }

            foreach (var line in Lines(list.Nodes))
            {
                await session.Output.WriteLineAsync(line).ConfigureAwait(false);
            }

            return ExitCodes.Passed;
        }));
        return command;
    }

    /// <summary>Workers as people read them, with a head and their number.</summary>
    public static IEnumerable<string> Lines(IEnumerable<NodeRowJson> nodes)
    {
        var rows = nodes.Select(Cells).ToList();
        return Columns.Align([Head, .. rows]).Append($"Count: {rows.Count} workers");
    }

    private static string[] Cells(NodeRowJson node) =>
    [
        SafeText.Clean(node.Node, 100),
        SafeText.Clean(node.Run ?? "-", 100),
        Humanize.Count(node.Shares),
        Humanize.Count(node.UsersActive),
        Humanize.Count(node.StreamsOpen),
        (node.CpuShare * 100).ToString("0", CultureInfo.InvariantCulture) + "%",
        Humanize.Milliseconds(node.LagMs),
        Humanize.Count(node.Processors),
        node.OpenFiles is { } files ? Humanize.Count(files) : "-",
        node.LocalPorts is { } ports ? Humanize.Count(ports) : "-",
        node is { ClockOffsetMs: { } offset, ClockErrorMs: { } error }
            ? string.Create(CultureInfo.InvariantCulture, $"{offset:+0.###;-0.###;0}ms ±{error:0.###}ms")
            : "-",
    ];
}
