using System.Globalization;
using ActorLoad.Host.Admin.Runs;
using ActorLoad.Host.Reports.Wording;
using ActorLoad.Host.Scenarios;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Stats;
using ActorLoad.PetabridgeCmd;

namespace ActorLoad.Host.Node;

/// <summary>What Petabridge.Cmd gets from a node. Compiled only with -p:EnablePetabridgeCmd=true, and by the tests of ActorLoad.PetabridgeCmd.</summary>
internal static class PetabridgeCmdNode
{
    public const string PortVariable = "ACTORLOAD_PETABRIDGE_CMD_PORT";

    /// <exception cref="InvalidDataException">The variable is no port.</exception>
    public static int Port(Func<string, string?> environment)
    {
        if (environment(PortVariable) is not { Length: > 0 } text)
        {
            return PetabridgeCmdFrontEnd.DefaultPort;
        }

        return ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            ? port
            : throw new InvalidDataException($"{PortVariable}: expected a port from 1 to 65535, found '{text}'");
    }

    public static LoadCore Core(RunGateway gateway, Func<string, string?> environment) => new()
    {
        Submit = submit => gateway.AskAsync<RunProtocol.SubmitAnswer>(submit, CancellationToken.None),
        Runs = () => gateway.AskAsync<RunProtocol.RunsAnswer>(new RunProtocol.RunsQuery(), CancellationToken.None),
        Stop = (run, mode) => gateway.AskAsync<RunProtocol.StopAnswer>(new RunProtocol.StopRun(run, mode), CancellationToken.None),
        Nodes = () => gateway.AskAsync<RunProtocol.NodesAnswer>(new RunProtocol.NodesQuery(), CancellationToken.None),
        Load = file => Load(file, environment),
        RunRows = runs => runs.Select(Row),
        NodeRows = nodes => nodes.Select(Row).Append($"Count: {nodes.Count} workers"),
    };

    private static LoadedScenario Load(string file, Func<string, string?> environment)
    {
        var result = ScenarioLoader.Load(file, ScenarioOverrides.None, environment);
        if (!result.IsValid)
        {
            return new LoadedScenario(null, [.. result.Mistakes.Select(m => m.ToString())]);
        }

        try
        {
            var now = DateTimeOffset.UtcNow;
            var scenario = EnvironmentBinding.Bind(result.Scenario, environment);
            return new LoadedScenario(new RunOrder(RunId.Create(now, scenario.Name), scenario, result.ResolvedText, now), []);
        }
        catch (FormatException e)
        {
            return new LoadedScenario(null, [e.Message]);
        }
    }

    private static string Row(RunStatus run) => string.Join(" | ",
    [
        run.Run.Value,
        run.Status is { } status ? $"{status} (exit code {run.ExitCode})" : run.Phase.ToString().ToLowerInvariant(),
        $"{Humanize.Clock(run.Elapsed)}/{Humanize.Clock(run.Planned)}",
        Humanize.Plural(run.Workers, "worker"),
        Humanize.Plural(run.Gauges.ElementAtOrDefault((int)Gauge.UsersActive), "user"),
        SafeText.Clean(run.Note ?? "", SafeText.MaxEventName),
    ]).TrimEnd(' ', '|');

    private static string Row(NodeRow node) => string.Join(" | ",
    [
        node.Node,
        node.Run?.Value ?? "idle",
        Humanize.Plural(node.UsersActive, "user"),
        Humanize.Plural(node.StreamsOpen, "stream"),
        string.Create(CultureInfo.InvariantCulture, $"cpu {node.CpuShare * 100:0} %"),
        string.Create(CultureInfo.InvariantCulture, $"lag {node.LagMs:0.#} ms"),
    ]);
}
