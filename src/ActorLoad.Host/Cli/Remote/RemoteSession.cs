using System.Text.Json;
using ActorLoad.Host.Admin;
using ActorLoad.Host.Admin.Runs;
using ActorLoad.Host.Reports.Model;

namespace ActorLoad.Host.Cli.Remote;

/// <summary>One verb that talks to a cluster: whom it asks, and where it writes.</summary>
/// <param name="Json">Answers are printed as the nodes gave them.</param>
internal sealed record RemoteSession(NodeSet Nodes, TextWriter Output, TextWriter Error, bool Json)
{
    public bool IsTerminal => ReferenceEquals(Error, Console.Error) && !Console.IsErrorRedirected;

    public bool IsOutputTerminal => ReferenceEquals(Output, Console.Out) && !Console.IsOutputRedirected;

    public void Print(object answer) => Output.WriteLine(JsonSerializer.Serialize(answer, ReportJson.Line));

    public Task<RunList> RunsAsync(CancellationToken cancellation) =>
        Nodes.AskAsync(n => n.GetAsync<RunList>("/api/runs", cancellation));

    /// <summary>The run that is meant when none is named: the one in hand, else the next, else the last.</summary>
    /// <exception cref="NodeException">There is none, or nobody can be asked.</exception>
    public async Task<string> RunOrCurrentAsync(string? run, CancellationToken cancellation) =>
        run ?? (await RunsAsync(cancellation).ConfigureAwait(false)).Current?.Run ?? throw new NodeException("no run was submitted yet");

    public static string PathOf(string run) => "/api/runs/" + Uri.EscapeDataString(run);
}
