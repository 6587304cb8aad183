using System.CommandLine;
using ActorLoad.Host.Cli.Remote;
using ActorLoad.Host.Reports.Wording;
using ActorLoad.Host.Scenarios;
using ActorLoad.Host.Scenarios.Reading;
using ActorLoad.Messages.Cluster;

namespace ActorLoad.Host.Cli;

/// <summary><c>submit FILE</c>: a scenario, on the workers of a cluster.</summary>
internal static class SubmitCommand
{
    /// <summary>A scenario with its feeds may be large, and the way to the node slow.</summary>
    private static readonly TimeSpan Upload = TimeSpan.FromMinutes(2);

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The scenario, a HOCON file." };
        var overrides = new OverrideOptions();
        var workers = CliOptions.Value(
            "--min-workers", ValueKinds.Whole(1, ClusterReader.MostWorkers), "The run waits until as many workers are there, instead of the scenario's cluster.min-workers.");
        var watch = new Option<bool>("--watch") { Description = "Shows the run until it ends, and ends with its exit code. Ctrl-C stops watching only." };
        var json = RunCommand.CreateJson();
        var remote = new RemoteOptions();
        var command = new Command("submit", "Runs a scenario on the workers of a cluster, after those that were submitted before.") { file, workers, watch, json };
        overrides.AddTo(command);
        remote.AddTo(command);
        remote.AddSummaryTo(command, json);
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && !result.GetValue(watch))
            {
                result.AddError("--json: the summary is there at the end; add --watch");
            }
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var changes = overrides.Read(parsed);
            if (parsed.GetValue(workers) is { } least)
            {
                changes = changes with { Set = [.. changes.Set, $"cluster.min-workers={least}"] };
            }

            var result = ScenarioLoader.Load(parsed.GetValue(file)!, changes);
            if (!result.IsValid)
            {
                return Mistakes.Print(result, parsed.InvocationConfiguration.Error);
            }

            var order = SubmitOrder.Create(result, Environment.GetEnvironmentVariable, DateTimeOffset.UtcNow);
            return await remote.RunAsync(parsed, session => RunAsync(session, order, parsed.GetValue(watch), parsed.GetValue(json), cancellation), Upload).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> RunAsync(RemoteSession session, RunOrder order, bool watch, bool json, CancellationToken cancellation)
    {
        using var interruption = new Interruption();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interruption.Token, cancellation);
        var answer = await new Submission(session.Nodes, new SubmitTimes(), TimeProvider.System).SendAsync(order, either.Token).ConfigureAwait(false);
        if (session.Json)
        {
            session.Print(answer);
        }
        else if (watch)
        {
            await session.Error.WriteLineAsync($"run {answer.Run}").ConfigureAwait(false);
        }
        else
        {
            await session.Output.WriteLineAsync(answer.Run).ConfigureAwait(false);
            await session.Error.WriteLineAsync(answer.Position == 0 ? "submitted" : $"submitted, {Humanize.Plural(answer.Position, "run")} before it").ConfigureAwait(false);
        }

        return watch ? await WatchSession.RunAsync(session, answer.Run, isKnown: true, json, either.Token).ConfigureAwait(false) : ExitCodes.Passed;
    }
}
