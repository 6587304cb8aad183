using System.CommandLine;
using ActorLoad.Host.Cli.Remote;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Host.Reports.Wording;

namespace ActorLoad.Host.Cli;

/// <summary><c>status [RUN]</c>: what a cluster runs, has run and will run.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var run = RemoteOptions.Run();
        var remote = new RemoteOptions();
        var command = new Command("status", "Shows a run of a cluster; without RUN also the others that the coordinator knows.") { run };
        remote.AddTo(command);
        command.SetAction((parsed, cancellation) => remote.RunAsync(parsed, session =>
            parsed.GetValue(run) is { } id ? OneAsync(session, id, cancellation) : AllAsync(session, cancellation)));
        return command;
    }

    private static async Task<int> OneAsync(RemoteSession session, string run, CancellationToken cancellation)
    {
        var status = await session.Nodes.AskAsync(n => n.GetAsync<RunStatusJson>(RemoteSession.PathOf(run), cancellation)).ConfigureAwait(false);
        if (session.Json)
        {
            session.Print(status);
        }
        else
        {
            Print(session, status);
        }

        return ExitCodes.Passed;
    }

    private static async Task<int> AllAsync(RemoteSession session, CancellationToken cancellation)
    {
        var list = await session.RunsAsync(cancellation).ConfigureAwait(false);
        if (session.Json)
        {
            session.Print(list);
        }
        else if (list.Current is not { } current)
        {
            await session.Output.WriteLineAsync("no run was submitted yet").ConfigureAwait(false);
        }
        else
        {
            Print(session, current);
            foreach (var (i, other) in list.Runs.Where(r => r.Run != current.Run).Index())
            {
                await session.Output.WriteLineAsync((i == 0 ? "\n" : "") + StatusText.Row(other)).ConfigureAwait(false);
            }
        }

        return ExitCodes.Passed;
    }

    private static void Print(RemoteSession session, RunStatusJson status)
    {
        foreach (var line in StatusText.Lines(status))
        {
            session.Output.WriteLine(line);
        }
    }
}
