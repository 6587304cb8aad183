using ActorLoad.Host.Cli;
using ActorLoad.Host.Reports.Folders;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Host.Reports.Terminal;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Stats;
using Akka.Actor;

namespace ActorLoad.Host.Running;

/// <summary>One run in this process, from the check of the machine's limits to the summary on the screen.</summary>
internal static class RunSession
{
    /// <returns>The exit code that the verdict gives.</returns>
    /// <exception cref="UsageException">The machine cannot hold as many streams, or the run folder cannot be written.</exception>
    public static async Task<int> RunAsync(RunOptions options)
    {
        var scenario = options.Scenario;
        if (MachineLimits.Read().ProblemWith(scenario) is { } problem)
        {
            throw new UsageException(problem);
        }

        var run = RunId.Create(DateTimeOffset.UtcNow, scenario.Name);
        using var folder = CreateFolder(run, options);
        using var interruption = new Interruption();
        var view = ProgressView.Create(Console.Error, !Console.IsErrorRedirected, scenario);
        RunOutcome outcome;
        try
        {
            await using var engine = await EngineHost.StartAsync(folder.LogPath).ConfigureAwait(false);
            outcome = await DriveAsync(engine, new RunProtocol.SubmitRun(new RunOrder(run, scenario, options.ScenarioText, DateTimeOffset.UtcNow)), interruption.Token, second =>
            {
                folder.Append(second);
                view.Update(second);
            }).ConfigureAwait(false);
        }
        finally
        {
            view.Finish();
        }

        var summary = SummaryBuilder.Build(outcome, scenario);
        var written = Write(folder, summary, options.Json);

        // Whoever asked for a report and has none must not be told that all is well.
        return written || summary.Run.ExitCode != ExitCodes.Passed ? summary.Run.ExitCode : ExitCodes.Failed;
    }

    private static async Task<RunOutcome> DriveAsync(
        EngineHost engine, RunProtocol.SubmitRun submit, CancellationToken interrupted, Action<RunSecond> onSecond)
    {
        var outcome = new TaskCompletionSource<RunOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var coordinator = engine.Coordinator;
        var listener = engine.System.ActorOf(
            Props.Create(() => new RunListenerActor(coordinator, submit, onSecond, outcome)), "run-listener");
        await using var registration = interrupted.Register(
            () => listener.Tell(new RunProtocol.StopRun(submit.Run, StopMode.Graceful), ActorRefs.NoSender)).ConfigureAwait(false);
        return await outcome.Task.ConfigureAwait(false);
    }

    private static RunFolder CreateFolder(RunId run, RunOptions options)
    {
        try
        {
            var folder = RunFolder.Create(run, options.Out);
            folder.WriteScenario(options.ScenarioText);
            return folder;
        }
        catch (RunFolderException e)
        {
            throw new UsageException(e.Message);
        }
    }

    /// <returns>False when something of the run folder could not be written.</returns>
    private static bool Write(RunFolder folder, Summary summary, bool json)
    {
        var written = folder.Problem is null;
        try
        {
            folder.WriteSummary(summary);
        }
        catch (RunFolderException e)
        {
            written = false;
            Console.Error.WriteLine($"actorload: {e.Message}");
        }

        if (folder.Problem is { } problem)
        {
            Console.Error.WriteLine($"actorload: {problem}");
        }

        if (json)
        {
            SummaryTable.Write(Console.Error, !Console.IsErrorRedirected, summary, folder.Path);
            Console.Out.WriteLine(SummaryFile.ToJson(summary));
        }
        else
        {
            SummaryTable.Write(Console.Out, !Console.IsOutputRedirected, summary, folder.Path);
        }

        return written;
    }
}
