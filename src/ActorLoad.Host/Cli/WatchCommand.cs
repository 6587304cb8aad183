using System.CommandLine;
using ActorLoad.Host.Cli.Remote;

namespace ActorLoad.Host.Cli;

/// <summary><c>watch [RUN]</c>: a run of a cluster, until it ends.</summary>
internal static class WatchCommand
{
    public static Command Create()
    {
        var run = RemoteOptions.Run();
        var json = RunCommand.CreateJson();
        var remote = new RemoteOptions();
        var command = new Command("watch", "Shows a run of a cluster until it ends, and ends with its exit code. Ctrl-C stops watching only.") { run, json };
        remote.AddTo(command);
        remote.AddSummaryTo(command, json);
        command.SetAction((parsed, cancellation) => remote.RunAsync(parsed, async session =>
        {
            using var interruption = new Interruption();
            using var either = CancellationTokenSource.CreateLinkedTokenSource(interruption.Token, cancellation);
            var id = await session.RunOrCurrentAsync(parsed.GetValue(run), either.Token).ConfigureAwait(false);
            return await WatchSession.RunAsync(session, id, isKnown: false, parsed.GetValue(json), either.Token).ConfigureAwait(false);
        }));
        return command;
    }
}
