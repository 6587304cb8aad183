using ActorLoad.Host.Admin;
using ActorLoad.Host.Reports.Folders;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Host.Reports.Terminal;
using ActorLoad.Host.Reports.Wording;

namespace ActorLoad.Host.Cli.Remote;

/// <summary>Shows a run that goes on in the cluster, then its summary, and ends as <c>run</c> would have ended.</summary>
internal static class WatchSession
{
    /// <param name="isKnown">It was just submitted.</param>
    /// <param name="summary">The summary is printed as JSON.</param>
    /// <returns>The run's exit code; 130 when watching was interrupted, which leaves the run alone.</returns>
    /// <exception cref="NodeException">There is no such run, or nobody tells of it any more.</exception>
    public static async Task<int> RunAsync(RemoteSession session, string run, bool isKnown, bool summary, CancellationToken interrupted)
    {
        IProgressView? view = null;
        RunStatusJson end;
        try
        {
            var watcher = new RunWatcher(session.Nodes, new WatchTimes(), TimeProvider.System);
            end = await watcher.WatchAsync(run, isKnown, Show, interrupted).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            view?.Finish();
            await session.Error.WriteLineAsync($"actorload: run {run} goes on: 'actorload watch {run}' shows it, 'actorload stop {run}' ends it").ConfigureAwait(false);
            return ExitCodes.Interrupted;
        }
        finally
        {
            view?.Finish();
        }

        return session.Json ? end.ExitCode ?? ExitCodes.Failed : await FinishAsync(session, end, summary, interrupted).ConfigureAwait(false);

        void Show(string data, RunStatusJson status)
        {
            if (session.Json)
            {
                session.Output.WriteLine(data);
                session.Output.Flush();
                return;
            }

            view ??= ProgressView.Create(session.Error, session.IsTerminal, status.Scenario, TimeSpan.FromSeconds(status.PlannedSeconds));
            view.Update(status);
        }
    }

    private static async Task<int> FinishAsync(RemoteSession session, RunStatusJson end, bool json, CancellationToken interrupted)
    {
        var code = end.ExitCode ?? ExitCodes.Failed;
        try
        {
            var text = await session.Nodes.AskAsync(n => n.GetTextAsync(RemoteSession.PathOf(end.Run) + "/summary", interrupted)).ConfigureAwait(false);
            var folder = end.Folder is null ? null : SafeText.Clean($"{end.Folder} on {end.Coordinator}", 1000);
            var (table, isTerminal) = json ? (session.Error, session.IsTerminal) : (session.Output, session.IsOutputTerminal);
            SummaryTable.Write(table, isTerminal, SummaryFile.Parse(text, "the summary"), folder);
            if (json)
            {
                await session.Output.WriteLineAsync(text.TrimEnd()).ConfigureAwait(false);
            }

            return code;
        }
        catch (Exception e) when (e is NodeException or RunFolderException)
        {
            // Whoever asked for a report and has none must not be told that all is well.
            await session.Error.WriteLineAsync($"actorload: run {end.Run} is over ({StatusText.Phase(end)}), but: {e.Message}").ConfigureAwait(false);
            return code == ExitCodes.Passed ? ExitCodes.Failed : code;
        }
    }
}
