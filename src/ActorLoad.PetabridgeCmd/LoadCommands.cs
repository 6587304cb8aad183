using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Protocol;

namespace ActorLoad.PetabridgeCmd;

/// <summary>The commands of the palette without their front end: questions and orders to the coordinator, answers as lines. Thread-safe.</summary>
public sealed class LoadCommands(LoadCore core)
{
    /// <param name="file">A scenario file on this node.</param>
    public Task<LoadAnswer> SubmitAsync(string file) => GuardAsync(async () =>
    {
        // Files may be slow; whoever asked must not wait for them.
        var loaded = await Task.Run(() => core.Load(file)).ConfigureAwait(false);
        if (loaded.Order is null)
        {
            return LoadAnswer.Problem(loaded.Mistakes);
        }

        var answer = await core.Submit(new RunProtocol.SubmitRun(loaded.Order)).ConfigureAwait(false);
        return answer.Problem is { } problem
            ? LoadAnswer.Problem(problem)
            : LoadAnswer.Of([$"{answer.Run} submitted, {(answer.Position == 0 ? "next" : $"{answer.Position} before it")}"]);
    });

    /// <param name="run">Null = all that the coordinator knows.</param>
    public Task<LoadAnswer> StatusAsync(string? run) => GuardAsync(async () =>
    {
        var runs = (await core.Runs().ConfigureAwait(false)).Runs;
        var shown = runs.Where(r => run is null || r.Run.Value == run).ToList();
        return shown.Count > 0 ? LoadAnswer.Of(core.RunRows(shown)) : Unknown(run);
    });

    /// <param name="run">Null = the one that is on, else the next one of the queue.</param>
    public Task<LoadAnswer> StopAsync(string? run, StopMode mode) => GuardAsync(async () =>
    {
        var runs = (await core.Runs().ConfigureAwait(false)).Runs;
        var chosen = run is null
            ? runs.FirstOrDefault(r => r.Phase is not (RunPhase.Queued or RunPhase.Ended)) ?? runs.FirstOrDefault(r => r.Phase == RunPhase.Queued)
            : runs.FirstOrDefault(r => r.Run.Value == run);
        if (chosen is null)
        {
            return run is null ? LoadAnswer.Problem("no run is on or queued") : Unknown(run);
        }

        var answer = await core.Stop(chosen.Run, mode).ConfigureAwait(false);
        return answer.Problem is { } problem ? LoadAnswer.Problem(problem) : LoadAnswer.Of([$"{chosen.Run} is stopping"]);
    });

    public Task<LoadAnswer> NodesAsync() => GuardAsync(async () =>
    {
        var answer = await core.Nodes().ConfigureAwait(false);
        return LoadAnswer.Of(core.NodeRows(answer.Nodes));
    });

    private static LoadAnswer Unknown(string? run) =>
        LoadAnswer.Problem(run is null ? "there has been no run yet" : $"the coordinator knows no run '{run}'");

    // Whoever sits at the other end gets a sentence, whatever happens here.
    private static async Task<LoadAnswer> GuardAsync(Func<Task<LoadAnswer>> command)
    {
        try
        {
            return await command().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            return LoadAnswer.Problem(e.Message);
        }
    }
}
