using System.Text.Json;
using ActorLoad.Actors.Coordination;
using ActorLoad.Host.Cli;
using ActorLoad.Host.Reports.Folders;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Stats;
using Akka.Actor;

namespace ActorLoad.Host.Running;

/// <summary>
/// Writes the run folder of a run that a cluster runs: makes it, keeps every closed second, and at the end the summary. Child of
/// the run's coordinator, on a dispatcher whose threads may wait for a disk. A file that cannot be written is told, and the
/// run goes on: numbers in memory are worth more than none.
/// </summary>
internal sealed class RunRecorderActor(RunOrder order, string results) : UntypedActor
{
    private const string Dispatcher = "akka.actor.default-blocking-io-dispatcher";

    private RunFolder? _folder;
    private RunLog? _log;
    private RunRecorded? _recorded;
    private string? _problem;

    /// <param name="results">The folder in which run folders are made.</param>
    public static Props Props(RunOrder order, string results) =>
        Akka.Actor.Props.Create(() => new RunRecorderActor(order, results)).WithDispatcher(Dispatcher);

    // Nothing that can fail belongs into PreStart.
    protected override void PreStart() => Self.Tell(Begin.Instance);

    protected override void PostStop() => _folder?.Dispose();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Begin:
                Context.Parent.Tell(Make());
                break;
            case RunSecond second when _recorded is null:
                _folder?.Append(second);
                _log?.Add(second);
                break;
            case RunOutcome outcome:
                Sender.Tell(_recorded ??= Record(outcome));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private RunFolderMade Make()
    {
        try
        {
            _folder = RunFolder.CreateIn(results, order.Run);
            _folder.WriteScenario(order.ScenarioText);
            _log = new RunLog(_folder.LogPath);
            _log.Add($"run {order.Run} of {order.Scenario.Name}, submitted {order.SubmittedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
            return new RunFolderMade(order.Run, _folder.Path, null);
        }
        catch (RunFolderException e)
        {
            _problem = e.Message;
            return new RunFolderMade(order.Run, null, e.Message);
        }
    }

    private RunRecorded Record(RunOutcome outcome)
    {
        var summary = SummaryBuilder.Build(outcome, order.Scenario);
        var problem = Write(summary);
        var status = JsonNamingPolicy.KebabCaseLower.ConvertName(summary.Run.Status.ToString());
        _log?.Add($"{status}: {summary.Run.Reason}");
        if (problem is not null)
        {
            _log?.Add(problem);
        }

        // Whoever asked for a report and has none must not be told that all is well.
        var code = problem is not null && summary.Run.ExitCode == ExitCodes.Passed ? ExitCodes.Failed : summary.Run.ExitCode;
        return new RunRecorded(order.Run, status, code, _folder?.Path, SummaryFile.ToJson(summary), problem);
    }

    private string? Write(Summary summary)
    {
        try
        {
            _folder?.WriteSummary(summary);
            return _problem ?? _folder?.Problem;
        }
        catch (RunFolderException e)
        {
            return e.Message;
        }
        finally
        {
            _folder?.Dispose();
        }
    }

    private sealed class Begin : INoSerializationVerificationNeeded
    {
        public static readonly Begin Instance = new();
    }
}
