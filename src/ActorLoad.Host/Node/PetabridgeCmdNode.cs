using System.Globalization;
using ActorLoad.Host.Admin.Runs;
using ActorLoad.Host.Cli;
using ActorLoad.Host.Cli.Remote;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Host.Reports.Wording;
using ActorLoad.Host.Scenarios;
using ActorLoad.Messages.Protocol;
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
        RunRows = runs => runs.Select(r => StatusText.Row(RunStatusJson.From(r))),
        NodeRows = nodes => NodesCommand.Lines(nodes.Select(NodeRowJson.From)),
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
            return new LoadedScenario(SubmitOrder.Create(result, environment, DateTimeOffset.UtcNow), []);
        }
        catch (UsageException e)
        {
            return new LoadedScenario(null, [e.Message]);
        }
    }
}
