using System.CommandLine;
using ActorLoad.Host.Admin;
using ActorLoad.Host.Admin.Runs;
using ActorLoad.Host.Cli.Remote;

namespace ActorLoad.Host.Cli;

/// <summary><c>stop [RUN]</c>: ends a run of a cluster, or takes it out of the queue.</summary>
internal static class StopCommand
{
    public static Command Create()
    {
        var run = RemoteOptions.Run();
        var now = new Option<bool>("--now") { Description = "Without the time that graceful-stop gives tasks in hand." };
        var remote = new RemoteOptions();
        var command = new Command("stop", "Ends a run of a cluster early; its report is still written. A queued run is taken out of the queue.") { run, now };
        remote.AddTo(command);
        command.SetAction((parsed, cancellation) => remote.RunAsync(parsed, async session =>
        {
            var id = await session.RunOrCurrentAsync(parsed.GetValue(run), cancellation).ConfigureAwait(false);
            var body = new StopRequest(parsed.GetValue(now) ? "now" : "graceful");
            var answer = await session.Nodes.AskAsync(n => n.PostAsync<OperationAnswer>(RemoteSession.PathOf(id) + "/stop", body, cancellation)).ConfigureAwait(false);
            if (session.Json)
            {
                session.Print(answer);
            }
            else
            {
                await session.Output.WriteLineAsync(answer.Message).ConfigureAwait(false);
            }

            return ExitCodes.Passed;
        }));
        return command;
    }
}
