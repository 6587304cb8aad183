using ActorLoad.Host.Admin.Runs;
using ActorLoad.Host.Node;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using Akka.Actor;
using Akka.TestKit.Xunit2;

namespace ActorLoad.PetabridgeCmd.Tests;

/// <summary>What the program hands to the palette: its own loader, its own way to the coordinator.</summary>
public sealed class PetabridgeCmdNodeTests : TestKit
{
    // However slow the machine: one question each.
    private static readonly GatewayTimes Patient = new() { Answer = TimeSpan.FromMinutes(2), AskAgain = TimeSpan.FromMinutes(1) };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorload-tests-");

    [Fact]
    public async Task A_file_goes_to_the_coordinator_with_the_environment_of_this_node()
    {
        var file = Write("""
            scenario {
              name = s, base-url = "http://127.0.0.1:1", http.headers.Authorization = "Bearer {{env.TOKEN}}"
              load.stages = [ { duration = 1s, users = 1 } ]
              users.u.tasks.t.steps = [ { pause = 1s } ]
            }
            """);
        var answer = Commands(n => n == "TOKEN" ? "secret" : null).SubmitAsync(file);
        var submit = await ExpectMsgAsync<RunProtocol.SubmitRun>();
        Assert.Equal("s", submit.Order.Scenario.Name);
        Assert.DoesNotContain("secret", submit.Order.ScenarioText, StringComparison.Ordinal);
        Assert.Empty(submit.Order.Scenario.Http.Headers.SelectMany(h => h.Value.EnvironmentNames));
        LastSender.Tell(new RunProtocol.SubmitAnswer(submit.Run, 0, null), TestActor);
        Assert.Equal($"{submit.Run} submitted, next", Assert.Single((await answer).Lines));
    }

    [Fact]
    public async Task Mistakes_are_told_as_everywhere()
    {
        var file = Write("scenario { nonsense = 1 }");
        var answer = await Commands(_ => null).SubmitAsync(file);
        Assert.True(answer.Failed);
        Assert.Contains(answer.Lines, l => l.StartsWith($"{file}:1: scenario.nonsense: unknown key 'nonsense'", StringComparison.Ordinal));
        await ExpectNoMsgAsync(TimeSpan.Zero);
    }

    [Fact]
    public async Task Runs_and_workers_are_a_line_each()
    {
        var runs = Commands(_ => null).StatusAsync(null);
        await ExpectMsgAsync<RunProtocol.RunsQuery>();
        var run = new RunStatus(
            new RunId("r1"), "s", RunPhase.Running, 0, DateTimeOffset.UnixEpoch, null, TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(9), 2, [], [], []);
        LastSender.Tell(new RunProtocol.RunsAnswer("c", [run, run with { Note = "n" }]), TestActor);
        Assert.Equal(["r1  00:09/02:00  running, 2 workers", "r1  00:09/02:00  running, 2 workers: n"], (await runs).Lines);

        var nodes = Commands(_ => null).NodesAsync();
        await ExpectMsgAsync<RunProtocol.NodesQuery>();
        var node = new NodeRow("w:1", new WorkerId("1"), new WorkerCapacity(1, 1, 1), null, 0, 5, 4, 0.5, 1.25, null, null);
        LastSender.Tell(new RunProtocol.NodesAnswer("c", [node]), TestActor);
        var lines = (await nodes).Lines;
        Assert.Equal(["node", "w:1", "Count:"], lines.Select(l => l.Split(' ')[0]));
        Assert.Contains("50%", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_port_comes_from_a_variable()
    {
        Assert.Equal(9110, PetabridgeCmdNode.Port(_ => null));
        Assert.Equal(9111, PetabridgeCmdNode.Port(n => n == "ACTORLOAD_PETABRIDGE_CMD_PORT" ? "9111" : null));
        Assert.Contains("found '0'", Assert.Throws<InvalidDataException>(() => PetabridgeCmdNode.Port(_ => "0")).Message, StringComparison.Ordinal);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _folder.Delete(recursive: true);
    }

    private LoadCommands Commands(Func<string, string?> environment) =>
        new(PetabridgeCmdNode.Core(new RunGateway(Sys, TestActor, Patient), environment));

    private string Write(string text)
    {
        var path = Path.Combine(_folder.FullName, "s.conf");
        File.WriteAllText(path, text);
        return path;
    }
}
